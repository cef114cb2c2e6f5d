import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeSound } from "@/testing";
import { createSleepTimer, END_FADE_S, FADE_S } from "./sleepTimer";

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

function room() {
  const heard = fakeSound();
  heard.create({ onEnded() {}, onTrouble() {}, onFollowed() {} });
  const did: string[] = [];
  const last = signal(false);
  const timer = createSleepTimer({
    listening: { pause: () => void did.push("pause"), last, sound: heard.sound },
    onOver: () => did.push("over"),
  });
  return { ...heard, did, last, timer };
}

test("after so many minutes it falls silent, once, and gently", () => {
  const { timer, told, did } = room();
  timer.after(15);
  expect(timer.minutes.value).toBe(15);
  vi.advanceTimersByTime((15 * 60 - FADE_S - 1) * 1000);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([`dim 0 in ${FADE_S}`]);
  vi.advanceTimersByTime(120_000);
  expect(did).toEqual(["pause", "over"]);
  expect(told.at(-1)).toMatch(/^dim 1/); // the next play is heard
  expect(timer.until.value).toBeNull();
});

test("a machine that slept past the time wakes to silence", () => {
  const { timer, did } = room();
  timer.after(15);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(1000);
  expect(did).toEqual(["pause", "over"]);
});

test("a page opened again goes on counting, and one that is told to play on does not", () => {
  room().timer.after(15);
  vi.setSystemTime(Date.now() + 300_000);
  const again = room();
  expect(again.timer.minutes.value).toBe(10);
  again.timer.off();
  expect(room().timer.until.value).toBeNull();
});

test("told to play on while it grows quiet, it is loud again", () => {
  const { timer, told, did } = room();
  timer.after(1);
  vi.advanceTimersByTime(40_000);
  timer.off();
  vi.advanceTimersByTime(60_000);
  expect(told.at(-1)).toMatch(/^dim 1/);
  expect(did).toEqual([]);
});

test("the end of the track is turned down, unless somebody goes back from it", () => {
  const { timer, told, position, last } = room();
  timer.atEnd();
  expect(last.value).toBe(true);
  position.value = 60 - END_FADE_S;
  expect(told).toEqual([`dim 0 in ${END_FADE_S}`]);
  position.value = 10;
  expect(told.at(-1)).toMatch(/^dim 1/);
});

test("when the track is over the timer is, too", () => {
  const { timer, did, last } = room();
  timer.atEnd();
  last.value = false; // as the session does at the end
  expect(did).toEqual(["over"]);
  expect(timer.until.value).toBeNull();
});
