import { expect, test } from "vitest";
import { CALM, room } from "./listeningTesting";
import { choice, session } from "./testing";

test("what the server said before it knew of the next track puts nothing back", async () => {
  const { listening, sound, live } = room();
  await listening.touch(CALM);
  const known = session({ ...listening.session.value, revision: 9, queue: [choice("Two")] });
  live.say({ type: "session", session: known });
  sound.handOver();
  live.say({ type: "session", session: { ...known, revision: 10, senses_muted: true } });
  expect(listening.session.value?.playing?.track.title).toBe("Two");
  expect(listening.session.value?.senses_muted).toBe(true);
  await listening.settled();
  expect(sound.told).toEqual(["load One"]);
});

test("a session found on opening waits for a click", async () => {
  const { listening, sound, api } = room();
  await api.start({ goal: "match" }, CALM);
  await listening.open();
  expect(sound.told).toEqual(["load One"]);
  expect(sound.playing.value).toBe(false);
  listening.toggle();
  expect(sound.playing.value).toBe(true);
});

test("an older session that comes late changes nothing", async () => {
  const { listening, live } = room();
  await listening.touch(CALM);
  live.say({ type: "session", session: session({ revision: 0, playing: choice("Old") }) });
  expect(listening.session.value?.playing?.track.title).toBe("One");
});

test("a server that began anew and counts from lower is followed all the same", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  await listening.like();
  live.turn("open");
  live.turn("away");
  state.restart("Four");
  live.turn("open");
  await expect.poll(() => sound.told.at(-1)).toBe("load Four");
  await listening.aim("calm");
  expect(listening.session.value?.goal).toBe("calm");
});

test("the first word on a line that opens again counts, whatever its number", async () => {
  const { listening, live } = room();
  await listening.touch(CALM);
  await listening.like();
  live.turn("open");
  live.turn("away");
  live.say({ type: "session", session: session({ revision: 0, playing: choice("Four") }) });
  expect(listening.session.value?.playing?.track.title).toBe("Four");
});

test("a session the server forgot is begun again with the listener's own word", async () => {
  const { listening, state, live } = room();
  await listening.touch(CALM);
  live.turn("away");
  state.forget();
  live.turn("open");
  await listening.settled();
  expect(state.asked.at(-1)).toBe("start at 0.5 -0.4");
  expect(live.urls.at(-1)).toBe("/api/live?session=s2");
});

test("what was only read off a face does not become the listener's word", async () => {
  const { listening, state, live, sound } = room();
  await listening.touch(CALM);
  state.believe({ self: 0.3, face: 0.7 });
  await listening.open();
  live.turn("away");
  state.forget();
  live.turn("open");
  await listening.settled();
  expect(state.asked.filter((what) => what.startsWith("start"))).toEqual([
    "start at 0.5 -0.4",
    "start",
  ]);
  expect(listening.session.value?.mood).toBeNull();
  expect(sound.playing.value).toBe(true);
  expect(listening.session.value?.playing).not.toBeNull();
});

test("a page without a session waits for one, and plays it", async () => {
  const { listening, api, live, sound } = room();
  await listening.open();
  expect(live.urls).toEqual(["/api/live"]);
  live.say({ type: "session", session: await api.start({ goal: "lift" }, CALM) });
  expect(sound.told).toEqual(["load One"]);
  expect(sound.playing.value).toBe(true);
  expect(listening.wish.value.goal).toBe("lift");
  expect(live.urls.at(-1)).toBe("/api/live?session=s1");
});

test("what begins elsewhere in a session where nothing played is heard here", async () => {
  const { listening, api, live, sound } = room();
  const { id } = await api.start({ goal: "match" });
  await listening.open();
  expect(sound.told).toEqual([]);
  live.say({ type: "session", session: await api.touch(id, CALM) });
  expect(sound.playing.value).toBe(true);
});

test("paused music stays paused when its session has to be begun again", async () => {
  const { listening, state, live, sound } = room();
  await listening.touch(CALM);
  listening.pause();
  live.turn("away");
  state.forget();
  live.turn("open");
  await listening.settled();
  expect(live.urls.at(-1)).toBe("/api/live?session=s2");
  expect(sound.playing.value).toBe(false);
});

test("a session ended elsewhere falls silent, says so, and the page waits again", async () => {
  const { listening, state, live, sound } = room();
  await listening.touch(CALM);
  state.forget();
  live.turn("over");
  await expect.poll(() => live.urls.at(-1)).toBe("/api/live");
  await expect.poll(() => listening.notice.value?.text).toBe("This session was ended.");
  expect(sound.playing.value).toBe(false);
  expect(listening.session.value).toBeNull();
  expect(state.asked.filter((what) => what.startsWith("start"))).toHaveLength(1);
});

test("a session that took this one's place is followed", async () => {
  const { listening, api, live } = room();
  await listening.touch(CALM);
  await api.start({ goal: "focus" }, CALM);
  live.turn("over");
  await expect.poll(() => live.urls.at(-1)).toBe("/api/live?session=s2");
  expect(listening.wish.value.goal).toBe("focus");
  expect(listening.notice.value).toBeNull();
});
