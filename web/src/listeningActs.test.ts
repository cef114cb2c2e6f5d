import { expect, test } from "vitest";
import { CALM, room } from "./listeningTesting";
import { face, track } from "./testing";

const WAY = [
  { valence: -0.6, arousal: 0.6 },
  { valence: 0.5, arousal: -0.6 },
];

test("a touch on the map starts the music", async () => {
  const { listening, sound, live, announcer } = room();
  await listening.open();
  await listening.touch(CALM);
  expect(sound.told).toEqual(["load One"]);
  expect(sound.playing.value).toBe(true);
  expect(live.urls.at(-1)).toBe("/api/live?session=s1");
  expect(announcer.spoken.value).toBe("Now: One by Somebody.");
});

test("a second touch moves the mood and does not cut the track", async () => {
  const { listening, sound } = room();
  await listening.touch(CALM);
  await listening.touch({ valence: -0.5, arousal: 0.5 });
  expect(listening.session.value?.mood?.valence).toBe(-0.5);
  expect(sound.told).toEqual(["load One"]);
});

test("a like can be taken back, and “not now” moves on", async () => {
  const { listening, state, sound } = room();
  await listening.touch(CALM);
  await listening.like();
  expect(listening.session.value?.liked).toBe(true);
  await listening.like();
  expect(state.asked.slice(-2)).toEqual(["liked demo:One", "unliked demo:One"]);
  await listening.notNow();
  expect(sound.told.at(-1)).toBe("load Two");
});

test("a photo's face starts a session, and “not how I feel” says so", async () => {
  const { listening, state } = room();
  await listening.feel(face());
  expect(state.asked).toEqual(["start", "feel"]);
  await listening.correct();
  expect(listening.session.value?.senses_muted).toBe(true);
  expect(listening.notice.value?.text).toContain("leave your face alone");
});

test("“not how I feel” before any face was read says that nothing was read", async () => {
  const { listening, state } = room();
  await listening.touch(CALM);
  await listening.correct();
  expect(listening.notice.value?.text).toContain("Nothing was read from your face.");
  expect(state.asked).not.toContain("correct");
});

test("a consent carries the version that was shown", async () => {
  const { listening, state } = room();
  await listening.open();
  expect(listening.agreed("camera")).toBe(false);
  await listening.consent("camera", true);
  expect(state.asked.at(-1)).toBe("consent camera c1 true");
  expect(listening.agreed("camera")).toBe(true);
});

test("what the camera reads starts no music that was paused", async () => {
  const { listening, sound } = room();
  await listening.touch(CALM);
  listening.pause();
  listening.sense(face());
  await listening.settled();
  expect(sound.playing.value).toBe(false);
});

test("a way that is set out on says where the listener is, and music begins", async () => {
  const { listening, sound, state } = room();
  await listening.setOut(WAY, 30);
  expect(state.asked).toContain("start at -0.6 0.6");
  expect(listening.session.value?.aim).toMatchObject({ way: WAY, minutes: 30 });
  expect(sound.playing.value).toBe(true);
});

test("a way does not overrule where the listener said they are", async () => {
  const { listening, state } = room();
  await listening.touch(CALM);
  await listening.setOut(WAY, 30);
  expect(state.asked).not.toContain("touch");
  expect(state.asked).toContain("aim match over 2 points");
});

test("choosing a goal ends the way", async () => {
  const { listening } = room();
  await listening.setOut(WAY, 30);
  await listening.aim("calm");
  expect(listening.session.value?.aim).toMatchObject({ goal: "calm", way: [] });
});

test("there is nothing to take back until there is", async () => {
  const { listening, state } = room();
  await listening.touch(CALM);
  await listening.undo();
  expect(state.asked).not.toContain("undo");
});

test("what was on its way when one set out does not lose the way", async () => {
  const { listening } = room();
  await listening.touch(CALM);
  void listening.next();
  await listening.setOut(WAY, 30);
  expect(listening.session.value?.aim).toMatchObject({ way: WAY, minutes: 30 });
});

test("each act that can be taken back says so for a while, and then it is taken back", async () => {
  const { listening, state } = room();
  await listening.touch(CALM);
  await listening.like();
  expect(listening.done.value).toEqual({ text: "You like “One”.", undo: true });
  const other = track("Three");
  await listening.never("artist", other);
  expect(state.asked).toContain("never demo:Three");
  expect(listening.done.value?.text).toBe("Never again: anything by Somebody.");
  await listening.undo();
  expect(listening.done.value).toEqual({ text: "Taken back.", undo: false });
});

test("who lifted the cap on dark and restless music has lifted it for every aim", async () => {
  const { listening } = room();
  await listening.touch(CALM);
  await listening.lift(true);
  await listening.aim("calm");
  expect(listening.session.value?.aim).toMatchObject({ goal: "calm", lifted: true });
  await listening.lift(false);
  expect(listening.session.value?.aim).toMatchObject({ goal: "calm", lifted: false });
});
