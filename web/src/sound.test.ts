import { expect, test } from "vitest";
import { createSound } from "./sound";

/** As much of an audio element as the page touches. */
class Element extends EventTarget {
  src = "";
  currentTime = 0;
  duration = Number.NaN;
  volume = 1;
  answer: Promise<void> = Promise.resolve();
  tell(...names: string[]) {
    for (const name of names) this.dispatchEvent(new Event(name));
  }
  play() {
    return this.answer;
  }
  pause() {
    this.tell("pause");
  }
}

function room() {
  const element = new Element();
  const heard: string[] = [];
  const sound = createSound(element as unknown as HTMLAudioElement, {
    onEnded: () => heard.push("ended"),
    onTrouble: (position) => heard.push(`trouble at ${position}`),
  });
  return { element, sound, heard };
}

test("a browser that wants a click first is told apart from a failure", async () => {
  const { element, sound, heard } = room();
  element.answer = Promise.reject(new DOMException("", "NotAllowedError"));
  sound.load("/one", { play: true });
  await expect.poll(() => sound.blocked.value).toBe(true);
  expect(heard).toEqual([]);
  element.tell("play");
  expect(sound.blocked.value).toBe(false);
});

test("another track asked for in between is not a block", async () => {
  const { element, sound } = room();
  element.answer = Promise.reject(new DOMException("", "AbortError"));
  sound.load("/one", { play: true });
  await new Promise((soon) => setTimeout(soon));
  expect(sound.blocked.value).toBe(false);
});

test("position, length and the end are told", () => {
  const { element, sound, heard } = room();
  sound.load("/one", { play: false, at: 12 });
  expect(element.currentTime).toBe(12);
  element.duration = 60;
  element.currentTime = 30;
  element.tell("timeupdate", "ended");
  expect([sound.position.value, sound.duration.value]).toEqual([30, 60]);
  expect(heard).toEqual(["ended"]);
});

test("a failure says how far the track had come", () => {
  const { element, sound, heard } = room();
  element.tell("play");
  element.currentTime = 31;
  element.tell("timeupdate", "error");
  expect(heard).toEqual(["trouble at 31"]);
  expect(sound.playing.value).toBe(false);
});

test("volume stays between silence and all", () => {
  const { element, sound } = room();
  sound.setVolume(1.4);
  expect(element.volume).toBe(1);
  sound.setVolume(-1);
  expect(element.volume).toBe(0);
});
