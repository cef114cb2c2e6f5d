import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSound } from "./sound";
import type { Mixer } from "./soundMixer";

/** As much of an audio element as the page touches. */
class Element extends EventTarget {
  src = "";
  currentTime = 0;
  duration = Number.NaN;
  readyState = 4;
  paused = true;
  ended = false;
  answer: Promise<void> = Promise.resolve();
  now = false;
  toggleAttribute(_: string, on: boolean) {
    this.now = on;
  }
  removeAttribute() {
    this.src = "";
  }
  load() {}
  tell(...names: string[]) {
    for (const name of names) this.dispatchEvent(new Event(name));
  }
  play() {
    void this.answer.then(
      () => {
        this.paused = false;
        this.tell("play", "playing");
      },
      () => undefined,
    );
    return this.answer;
  }
  pause() {
    if (this.paused) return;
    this.paused = true;
    this.tell("pause");
  }
  /** It has come so far. */
  reach(seconds: number) {
    this.currentTime = seconds;
    this.tell("timeupdate");
  }
  end() {
    this.ended = true;
    this.reach(this.duration);
    this.pause();
    this.tell("ended");
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function room({ allowed = true } = {}) {
  const elements = [new Element(), new Element()] as const;
  const heard: string[] = [];
  const told: string[] = [];
  const say = (what: string) => void told.push(what);
  const mixer: Mixer = {
    wake: async () => allowed,
    rest: () => say("rest"),
    trim: (side, gain) => say(`trim ${side} ${gain.toFixed(2)}`),
    fade: () => {},
    cross: (from, to, seconds) => say(`cross ${from} ${to} ${seconds}`),
    volume: (gain) => say(`volume ${gain}`),
    dim: (to, seconds) => say(`dim ${to} ${seconds}`),
  };
  const sound = createSound(
    elements as unknown as readonly [HTMLAudioElement, HTMLAudioElement],
    {
      onEnded: () => heard.push("ended"),
      onTrouble: (position) => heard.push(`trouble at ${position}`),
      onFollowed: (address) => heard.push(`followed by ${address}`),
    },
    mixer,
  );
  const now = () => elements.find((one) => one.now) as Element;
  const other = () => elements.find((one) => !one.now) as Element;
  /** Play a track of a minute. */
  async function begin(address = "/one") {
    sound.load(address, { play: true });
    now().duration = 60;
    await vi.advanceTimersByTimeAsync(0);
  }
  return { elements, sound, heard, told, now, other, begin };
}

const next = (overlap = 0) => ({ address: "/two", loudness: null, overlap });

test("a browser that wants a click first is told apart from a failure", async () => {
  const { sound, heard, other, now } = room();
  other().answer = Promise.reject(new DOMException("", "NotAllowedError"));
  sound.load("/one", { play: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(sound.blocked.value).toBe(true);
  expect(heard).toEqual([]);
  now().tell("play");
  expect(sound.blocked.value).toBe(false);
});

test("a browser that lets no sound through waits for a click, and counts as silent", async () => {
  const { sound, begin } = room({ allowed: false });
  await begin();
  expect(sound.blocked.value).toBe(true);
  expect(sound.playing.value).toBe(false);
});

test("another track asked for in between is not a block", async () => {
  const { sound, other } = room();
  other().answer = Promise.reject(new DOMException("", "AbortError"));
  sound.load("/one", { play: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(sound.blocked.value).toBe(false);
});

test("position, length and the end are told", async () => {
  const { sound, heard, now } = room();
  sound.load("/one", { play: false, at: 12 });
  expect(now().currentTime).toBe(12);
  now().duration = 60;
  now().reach(30);
  expect([sound.position.value, sound.duration.value]).toEqual([30, 60]);
  now().end();
  expect(heard).toEqual(["ended"]);
});

test("a failure says how far the track had come", async () => {
  const { sound, heard, now, begin } = room();
  await begin();
  now().reach(31);
  now().tell("error");
  expect(heard).toEqual(["trouble at 31"]);
  expect(sound.playing.value).toBe(false);
});

test("volume stays between silence and all", () => {
  const { sound, told } = room();
  sound.setVolume(1.4);
  sound.setVolume(-1);
  expect(sound.volume.value).toBe(0);
  expect(told).toEqual(["volume 1", "volume 0"]);
});

test("the next track is fetched some time before it is needed, not earlier", async () => {
  const { sound, now, other, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(30);
  expect(other().src).toBe("");
  now().reach(45);
  expect(other().src).toBe("/two");
  expect(other().paused).toBe(true);
});

test("without an overlap the next one begins as this one ends", async () => {
  const { sound, heard, now, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(59.2);
  await vi.advanceTimersByTimeAsync(700);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(60);
  expect(heard).toEqual(["followed by /two"]);
  expect(now().src).toBe("/two");
  expect(sound.playing.value).toBe(true);
});

test("with an overlap both are heard for so long, and then one", async () => {
  const { sound, heard, told, now, other, begin } = room();
  await begin();
  sound.follow(next(4));
  now().reach(55.5);
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toContain("cross 1 0 4");
  expect(heard).toEqual(["followed by /two"]);
  expect(other().paused).toBe(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(other().paused).toBe(true);
  expect(sound.playing.value).toBe(true);
});

test("when the next one comes too late it begins after the end all the same", async () => {
  const { sound, heard, now, other, begin } = room();
  await begin();
  sound.follow(next());
  other().readyState = 1;
  now().reach(59.5);
  await vi.advanceTimersByTimeAsync(800);
  expect(heard).toEqual([]);
  now().end();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["followed by /two"]);
});

test("a next one that cannot be played is left to who hears of the end", async () => {
  const { sound, heard, now, other, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(50);
  other().tell("error");
  now().end();
  expect(heard).toEqual(["ended"]);
});

test("what was to follow and no longer does is not heard", async () => {
  const { sound, heard, now, other, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(50);
  sound.follow(null);
  expect(other().src).toBe("");
  now().reach(59.9);
  await vi.advanceTimersByTimeAsync(500);
  now().end();
  expect(heard).toEqual(["ended"]);
});

test("another next one takes the place of the first", async () => {
  const { sound, heard, now, other, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(50);
  sound.follow({ ...next(), address: "/three" });
  expect(other().src).toBe("/three");
  now().reach(59.9);
  await vi.advanceTimersByTimeAsync(200);
  expect(heard).toEqual(["followed by /three"]);
});

test("paused near the end it stays there, and no other track begins", async () => {
  const { sound, heard, told, now, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(59.5);
  sound.pause();
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard).toEqual([]);
  expect(sound.playing.value).toBe(false);
  expect(told).toContain("rest");
});

test("paused and at once played again it plays on", async () => {
  const { sound, now, begin } = room();
  await begin();
  sound.pause();
  sound.play();
  await vi.advanceTimersByTimeAsync(500);
  expect(sound.playing.value).toBe(true);
  expect(now().paused).toBe(false);
});

test("a track picked while two overlap is the only one heard", async () => {
  const { sound, now, other, begin } = room();
  await begin();
  sound.follow(next(4));
  now().reach(56);
  await vi.advanceTimersByTimeAsync(1000);
  sound.load("/picked", { play: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect(now().src).toBe("/picked");
  expect([now().paused, other().paused]).toEqual([false, true]);
});

test("going back from the end lets nothing follow yet", async () => {
  const { sound, heard, now, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(59.5);
  sound.seek(10);
  now().tell("seeked");
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard).toEqual([]);
});

test("what was fetched already is not fetched again when it is skipped to", async () => {
  const { sound, now, other, begin } = room();
  await begin();
  sound.follow(next());
  now().reach(50);
  const fetched = other();
  let asked = 0;
  Object.defineProperty(fetched, "src", { get: () => "/two", set: () => asked++ });
  sound.load("/two", { play: true });
  expect(now()).toBe(fetched);
  expect(asked).toBe(0);
});

test("loud recordings are turned down, unless each is to be as it is", async () => {
  const { sound, told } = room();
  sound.load("/loud", { play: true, loudness: -12 });
  expect(told).toContain("trim 1 0.50");
  sound.even(false);
  expect(told.at(-1)).toBe("trim 1 1.00");
});
