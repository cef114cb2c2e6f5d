import { expect, test } from "vitest";
import { createListening, type Parts } from "./listening";
import { createPlace } from "./place";
import { choice, face, fakeLive, fakeServer, fakeSound, session, track } from "./testing";
import { createAnnouncer } from "./ui/announcer";

function room(titles?: string[], knockEveryMs = 5, more: Partial<Parts> = {}) {
  const server = fakeServer(titles);
  const sound = fakeSound();
  const live = fakeLive();
  const announcer = createAnnouncer();
  const listening = createListening({
    api: server.api,
    announcer,
    createSound: sound.create,
    openLive: live.open,
    knockEveryMs,
    ...more,
  });
  return { listening, ...server, sound, live, announcer };
}

const CALM = { valence: 0.5, arousal: -0.4 };

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

test("a session found on opening waits for a click", async () => {
  const { listening, sound, api } = room();
  await api.start({ goal: "match" }, CALM);
  await listening.open();
  expect(sound.told).toEqual(["load One"]);
  expect(sound.playing.value).toBe(false);
  listening.toggle();
  expect(sound.playing.value).toBe(true);
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

test("an older session that comes late changes nothing", async () => {
  const { listening, live } = room();
  await listening.touch(CALM);
  live.say({ type: "session", session: session({ revision: 0, playing: choice("Old") }) });
  expect(listening.session.value?.playing?.track.title).toBe("One");
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

test("one request lost while the line stays open is made good by itself", async () => {
  const { listening, sound, state, live } = room();
  await listening.touch(CALM);
  live.turn("open");
  state.gone = true;
  sound.end();
  await listening.settled();
  expect(listening.away.value).toBe(true);
  state.gone = false;
  await expect.poll(() => listening.away.value).toBe(false);
  await expect.poll(() => sound.told).toEqual(["load One", "load Two"]);
});

test("the next click that is answered ends the waiting too", async () => {
  const { listening, sound, state, live } = room(undefined, 60_000);
  await listening.touch(CALM);
  live.turn("open");
  state.gone = true;
  sound.end();
  await listening.settled();
  state.gone = false;
  await listening.aim("calm");
  expect(listening.away.value).toBe(false);
  expect(sound.told).toEqual(["load One", "load Two"]);
});

test("a click that asks nobody does not say that the server is there", async () => {
  const { listening, state } = room(undefined, 60_000);
  state.gone = true;
  await listening.open();
  await listening.aim("calm");
  expect(listening.away.value).toBe(true);
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

test("a page opened before the server finds it by itself", async () => {
  const { listening, state } = room();
  state.gone = true;
  await listening.open();
  expect(listening.away.value).toBe(true);
  state.gone = false;
  await expect.poll(() => listening.house.value?.tracks).toBe(28);
  expect(listening.away.value).toBe(false);
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

test("a calm word goes by itself, trouble and what asks for something stay", async () => {
  const { listening } = room(undefined, 5, { calmForMs: 1 });
  listening.notice.value = { text: "Every sensor is off.", tone: "calm" };
  await expect.poll(() => listening.notice.value).toBeNull();
  for (const stays of [
    { text: "That cannot be.", tone: "trouble" },
    { text: "This session was ended.", remedy: "Touch the map.", tone: "calm" },
  ] as const) {
    listening.notice.value = stays;
    await new Promise((later) => setTimeout(later, 20));
    expect(listening.notice.value).toEqual(stays);
  }
  await listening.touch(CALM); // which is what it asked for
  expect(listening.notice.value).toBeNull();
});

test("a consent carries the version that was shown", async () => {
  const { listening, state } = room();
  await listening.open();
  expect(listening.agreed("camera")).toBe(false);
  await listening.consent("camera", true);
  expect(state.asked.at(-1)).toBe("consent camera c1 true");
  expect(listening.agreed("camera")).toBe(true);
});

test("a refusal is shown with its remedy", async () => {
  const { listening } = room();
  await listening.touch(CALM);
  const known = listening.session.value;
  listening.api.aim = async () => {
    const { Refusal } = await import("./api/client");
    throw new Refusal("That cannot be.", "Try another.", 422);
  };
  await listening.aim("calm");
  expect(listening.notice.value).toEqual({
    text: "That cannot be.",
    remedy: "Try another.",
    tone: "trouble",
  });
  expect(listening.session.value).toBe(known);
});

test("after an error nobody foresaw the next click still counts", async () => {
  const { listening } = room();
  await listening.touch(CALM);
  listening.api.aim = async () => {
    throw new TypeError("a slip");
  };
  await expect(listening.aim("calm")).rejects.toThrow("a slip");
  await listening.like();
  expect(listening.session.value?.liked).toBe(true);
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

test("without a network nothing is asked by itself; a click that is answered ends that", async () => {
  const network = new EventTarget() as unknown as Window;
  const { listening, state } = room(undefined, 5, { network });
  await listening.touch(CALM);
  listening.sense(face());
  await listening.settled();
  expect(state.asked.filter((what) => what === "feel")).toHaveLength(1);
  network.dispatchEvent(new Event("offline"));
  listening.sense(face());
  await listening.settled();
  expect(state.asked.filter((what) => what === "feel")).toHaveLength(1);
  await listening.touch(CALM); // the server is on this machine
  listening.sense(face());
  await listening.settled();
  expect(state.asked.filter((what) => what === "feel")).toHaveLength(2);
});

test("with the network gone nobody is knocked at, and at once when it is back", async () => {
  const network = new EventTarget() as unknown as Window;
  const { listening, state } = room(undefined, 5, { network });
  await listening.touch(CALM);
  state.gone = true;
  network.dispatchEvent(new Event("offline"));
  await listening.next();
  expect(listening.away.value).toBe(true);
  const asked = state.asked.length;
  await new Promise((later) => setTimeout(later, 40));
  expect(state.asked).toHaveLength(asked);
  state.gone = false;
  network.dispatchEvent(new Event("online"));
  await expect.poll(() => listening.away.value).toBe(false);
});

test("what the camera reads starts no music that was paused", async () => {
  const { listening, sound } = room();
  await listening.touch(CALM);
  listening.pause();
  listening.sense(face());
  await listening.settled();
  expect(sound.playing.value).toBe(false);
});

const WAY = [
  { valence: -0.6, arousal: 0.6 },
  { valence: 0.5, arousal: -0.6 },
];

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
