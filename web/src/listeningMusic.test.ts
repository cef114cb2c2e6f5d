import { expect, test } from "vitest";
import { CALM, room } from "./listeningTesting";
import { createPlace } from "./place";
import { choice, session } from "./testing";

test("at its end a track is followed by the next", async () => {
  const { listening, sound, state } = room();
  await listening.touch(CALM);
  sound.position.value = 60;
  sound.end();
  await listening.settled();
  expect(state.asked).toContain("next finished 60 demo:One");
  expect(sound.told).toEqual(["load One", "load Two"]);
  expect(sound.playing.value).toBe(true);
});

test("a track that follows by itself is shown at once, and the server told after", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  const known = listening.session.value;
  live.say({
    type: "session",
    session: session({ ...known, revision: 9, queue: [choice("Two"), choice("Three")] }),
  });
  sound.handOver();
  expect(listening.session.value?.playing?.track.title).toBe("Two");
  expect(listening.session.value?.queue.map(({ track }) => track.title)).toEqual(["Three"]);
  await listening.settled();
  expect(state.asked).toContain("next finished 60 demo:One");
  expect(sound.told).toEqual(["load One"]); // it plays already
});

test("while the server is away the next track follows all the same, and it is told later", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  live.say({
    type: "session",
    session: session({ ...listening.session.value, revision: 9, queue: [choice("Two")] }),
  });
  state.gone = true;
  live.turn("away");
  sound.handOver();
  await listening.settled();
  expect(listening.session.value?.playing?.track.title).toBe("Two");
  state.gone = false;
  live.turn("open");
  await expect.poll(() => listening.away.value).toBe(false);
  expect(state.asked.filter((what) => what === "next finished 60 demo:One")).toHaveLength(2);
  expect(sound.told).toEqual(["load One"]);
});

test("back goes to the beginning first, and from there to the track before", async () => {
  const { listening, sound, state } = room();
  await listening.touch(CALM);
  await listening.next();
  sound.position.value = 20;
  await listening.back();
  expect(sound.position.value).toBe(0);
  expect(state.asked).not.toContain("play demo:One");
  await listening.back();
  expect(state.asked).toContain("play demo:One");
  expect(sound.told.at(-1)).toBe("load One");
  await listening.back(); // nothing was before
  expect(sound.told.at(-1)).toBe("load One");
});

test("after the last track it is silent, and the next one waits", async () => {
  const { listening, sound } = room();
  await listening.touch(CALM);
  listening.last.value = true;
  sound.end();
  await listening.settled();
  expect(sound.told.at(-1)).toBe("load Two");
  expect(sound.playing.value).toBe(false);
  expect(listening.last.value).toBe(false);
});

test("a page opened again goes on where its track was, and only there", async () => {
  const place = createPlace(() => sessionStorage);
  sessionStorage.clear();
  const { listening, sound, api } = room(undefined, 5, { place });
  await listening.touch(CALM);
  sound.position.value = 12.6;
  const again = room(undefined, 5, { place, api });
  await again.listening.open();
  expect(again.sound.told).toEqual(["load One at 12"]);
  expect(again.sound.playing.value).toBe(false);
  await again.listening.next();
  expect(again.sound.told.at(-1)).toBe("load Two");
});

test("play without a mood asks for any track", async () => {
  const { listening, sound } = room();
  listening.play();
  await listening.settled();
  expect(sound.told).toHaveLength(1);
  expect(sound.playing.value).toBe(true);
});

test("a track that ended while the server was away is followed when it is back", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  live.turn("open");
  state.gone = true;
  live.turn("away");
  sound.end();
  await listening.settled();
  expect(listening.away.value).toBe(true);
  state.gone = false;
  live.turn("open");
  await listening.settled();
  expect(listening.away.value).toBe(false);
  expect(sound.told).toEqual(["load One", "load Two"]);
});

test("sound that broke off with the server is taken up where it was", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  state.gone = true;
  live.turn("away");
  sound.position.value = 31;
  sound.fail();
  await new Promise((soon) => setTimeout(soon));
  state.gone = false;
  live.turn("open");
  await listening.settled();
  expect(sound.told).toEqual(["load One", "load One at 31"]);
  expect(sound.playing.value).toBe(true);
});

test("“next” on a track the server has left loads what plays there, and replays nothing", async () => {
  const { listening, sound, state } = room();
  await listening.touch(CALM);
  await listening.like();
  sound.position.value = 20;
  state.restart("Four");
  await listening.next();
  expect(sound.told).toEqual(["load One", "load Four"]);
  expect(listening.session.value?.playing?.track.title).toBe("Four");
});

test("the only track there is begins again", async () => {
  const { listening, sound } = room(["One"]);
  await listening.touch(CALM);
  sound.position.value = 60;
  sound.end();
  await listening.settled();
  expect(sound.told).toEqual(["load One"]);
  expect([sound.position.value, sound.playing.value]).toEqual([0, true]);
});

test("three tracks in a row that will not play end in a plain word, not a race", async () => {
  const { listening, sound } = room();
  await listening.touch(CALM);
  for (let i = 0; i < 3; i++) {
    sound.fail();
    await new Promise((soon) => setTimeout(soon));
    await listening.settled();
  }
  expect(sound.told).toEqual(["load One", "load Two", "load Three"]);
  expect(listening.notice.value?.text).toBe("Three tracks in a row would not play.");
  listening.play();
  expect(sound.told.at(-1)).toBe("load Three");
});

test("a track that broke off just before the next one skips no second one", async () => {
  const { listening, sound, state, api } = room();
  await listening.touch(CALM);
  const house = api.house;
  let answer = () => {};
  api.house = async () => {
    await new Promise<void>((done) => {
      answer = done;
    });
    return house();
  };
  sound.fail();
  await listening.next();
  answer();
  await new Promise((soon) => setTimeout(soon));
  await listening.settled();
  expect(state.asked.filter((what) => what.startsWith("next"))).toHaveLength(1);
  expect(listening.session.value?.playing?.track.title).toBe("Two");
  expect(listening.notice.value).toBeNull();
});
