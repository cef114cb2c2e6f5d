import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Session } from "./api/types";
import { choice, session } from "./testing";
import { createTrail } from "./trail";

function room(...passed: string[]) {
  const heard = signal<Session | null>(null);
  const achieved = passed.map((track) => ({
    track,
    at: "",
    target: null,
    place: null,
    mood: null,
  }));
  const play = (name: string) => {
    heard.value = session({ playing: choice(name), achieved });
  };
  return { trail: createTrail(heard), play };
}

test("back goes through what was heard, one track at a time, and not to and fro", () => {
  const { trail, play } = room();
  for (const name of ["One", "Two", "Three"]) play(name);
  expect(trail.back()).toBe("demo:Two");
  play("Two");
  expect(trail.back()).toBe("demo:One");
  play("One");
  expect(trail.back()).toBeNull();
  play("Four");
  expect(trail.back()).toBe("demo:One");
});

test("a page opened again knows what the session had played before", () => {
  const { trail, play } = room("demo:Early", "demo:Late");
  play("Now");
  expect(trail.back()).toBe("demo:Late");
});
