import { beforeEach, expect, test } from "vitest";
import { createListening } from "@/listening";
import { fakeLive, fakeServer, fakeSound, session, track } from "@/testing";
import { createAnnouncer } from "@/ui/announcer";
import { createPlayer } from "./player";

beforeEach(() => localStorage.clear());

const choice = (name: string, more = {}) => ({
  ...(session().playing ?? {}),
  track: track(name, { audio: `/${name}`, ...more }),
  because: "",
  target: { valence: 0, arousal: 0 },
  instead: "",
  terms: [],
  pinned: false,
});

function room() {
  const sound = fakeSound();
  const live = fakeLive();
  const server = fakeServer();
  const listening = createListening({
    api: server.api,
    announcer: createAnnouncer(),
    createSound: sound.create,
    openLive: live.open,
    knockEveryMs: 60_000,
  });
  const player = createPlayer({ listening, onSilence() {} });
  let revision = 0;
  const say = (more: Parameters<typeof session>[0]) =>
    live.say({ type: "session", session: session({ revision: ++revision, ...more }) });
  return { listening, player, sound, live, say, ...server };
}

test("what follows is the first of the queue, overlapping for as long as moods are apart", async () => {
  const { listening, sound, say } = room();
  await listening.open();
  say({ playing: choice("One"), queue: [choice("Two"), choice("Three")] });
  expect(sound.following()).toEqual({ address: "/Two", loudness: null, overlap: 2 });
  say({
    playing: choice("One"),
    queue: [choice("Far", { valence: -0.9, arousal: 0.9, loudness_db: -9 })],
  });
  expect(sound.following()).toEqual({ address: "/Far", loudness: -9, overlap: 8 });
  say({ playing: choice("One"), queue: [] });
  expect(sound.following()).toBeNull();
});

test("switched off, or somebody else's music, tracks do not overlap", async () => {
  const { listening, player, sound, say } = room();
  await listening.open();
  say({ playing: choice("One"), queue: [choice("Two")] });
  player.blend.value = false;
  expect(sound.following()?.overlap).toBe(0);
  player.blend.value = true;
  say({ playing: choice("One"), queue: [choice("Two", { provider: "spotify" })] });
  expect(sound.following()?.overlap).toBe(0);
});

test("volume, fades and levels are as they were when the page is opened again", () => {
  const one = room().player;
  one.blend.value = false;
  one.even.value = false;
  const again = room();
  expect([again.player.blend.value, again.player.even.value]).toEqual([false, false]);
  expect(again.sound.told).toContain("even false");
  localStorage.setItem("affetto-player", "not what was written");
  expect(room().player.blend.value).toBe(true);
});

test("after this song means that nothing follows", async () => {
  const { listening, player, sound, say } = room();
  await listening.open();
  say({ playing: choice("One"), queue: [choice("Two")] });
  player.sleep.atEnd();
  expect(sound.following()).toBeNull();
  player.sleep.off();
  expect(sound.following()?.address).toBe("/Two");
});
