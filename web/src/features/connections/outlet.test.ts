import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import { fakeSound } from "@/testing";
import { fakeProviders, inBox, inPage } from "./fakeProviders";
import { createOutlet } from "./outlet";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const { api, state } = fakeProviders();
  const trouble = vi.fn();
  const page = fakeSound();
  const outlet = createOutlet({ api, onTrouble: trouble, now: () => Date.now() });
  const sound = outlet.over(page.create({ onEnded() {}, onTrouble() {}, onFollowed() {} }));
  return { ...outlet, state, trouble, page, sound };
}

test("in the page it is the page's own sound", () => {
  const { sound, page, here } = open();
  sound.load("/api/tracks/demo:One/audio", { play: true });
  expect(page.told).toEqual(["load One"]);
  expect([sound.playing.value, here.value]).toEqual([true, true]);
  sound.pause();
  expect(page.playing.value).toBe(false);
});

test("while a player sounds the page is silent and shows where the player is", () => {
  const { sound, page, hear, here } = open();
  sound.load("/api/tracks/demo:One/audio", { play: true });
  hear(inBox);
  expect(page.playing.value).toBe(false);
  expect([sound.playing.value, here.value]).toEqual([true, false]);
  expect([sound.position.value, sound.duration.value, sound.volume.value]).toEqual([10, 60, 0.5]);
  vi.advanceTimersByTime(5000);
  expect(sound.position.value).toBe(15);
  hear({ ...inBox, state: "resting", position_s: 15 });
  vi.advanceTimersByTime(5000);
  expect(sound.position.value).toBe(15);
  hear({ ...inBox, state: "waiting", position_s: 15 });
  expect(sound.waiting.value).toBe(true);
});

test("the page is its remote, and loads nothing meanwhile", async () => {
  const { sound, page, hear, state } = open();
  hear(inBox);
  state.sounds = inBox;
  sound.pause();
  await vi.runOnlyPendingTimersAsync();
  expect(sound.playing.value).toBe(false);
  sound.load("/api/tracks/demo:Two/audio", { play: true });
  await vi.runOnlyPendingTimersAsync();
  expect(sound.playing.value).toBe(true);
  sound.seek(30);
  sound.setVolume(0.2);
  await vi.runOnlyPendingTimersAsync();
  expect(sound.volume.value).toBe(0.2);
  expect(state.asked).toEqual([
    'steer {"playing":false}',
    'steer {"playing":true}',
    'steer {"position_s":30}',
    'steer {"volume":0.2}',
  ]);
  expect(page.told).toEqual([]);
});

test("music that comes back goes on here in the same place, with what went wrong", () => {
  const { sound, page, hear, trouble } = open();
  sound.load("/api/tracks/demo:One/audio", { play: false });
  hear(inBox);
  sound.load("/api/tracks/demo:Two/audio", { play: true });
  const lost = { problem: "The box does not answer.", remedy: "Turn it on." };
  hear({ ...inPage, state: "playing", position_s: 22, trouble: lost });
  expect(page.told.at(-1)).toBe("load Two at 22");
  expect(sound.playing.value).toBe(true);
  expect(trouble).toHaveBeenCalledWith(lost);
});

test("a track that followed by itself here is the one that comes back", () => {
  const { sound, page, hear, followed } = open();
  sound.load("/api/tracks/demo:One/audio", { play: true });
  sound.follow({ address: "/api/tracks/demo:Two/audio", loudness: null, overlap: 0 });
  followed();
  sound.follow(null);
  hear(inBox);
  hear({ ...inPage, state: "playing", position_s: 22 });
  expect(page.told.at(-1)).toBe("load Two at 22");
});

test("where it sounds is chosen with where the track is", async () => {
  const { sound, page, choose, state, look } = open();
  sound.load("/api/tracks/demo:One/audio", { play: true });
  page.position.value = 12;
  await choose("box");
  expect(sound.playing.value && !page.playing.value).toBe(true);
  await look();
  expect(state.asked).toEqual(["sound in box at 12", "sounds"]);
});

test("what a player cannot do is said", async () => {
  const { sound, hear, state, trouble } = open();
  hear(inBox);
  state.refusal = new Refusal("The box does not answer.", "Turn it on.", 502);
  sound.pause();
  await vi.runOnlyPendingTimersAsync();
  expect(trouble).toHaveBeenCalledWith(state.refusal);
});
