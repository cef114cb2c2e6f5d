import { expect, test } from "vitest";
import { face, unread } from "@/testing";
import type { Seen } from "./camera";
import { createSteady } from "./steady";

const look = (more: Partial<Seen> = {}): Seen => ({
  face: null,
  unread: [],
  others: 0,
  problem: null,
  light: "enough",
  width: 640,
  height: 480,
  ms: 9,
  ...more,
});
const READ = look({ face: face() });
const TURNED = look({ unread: [unread("turned")] });
const DARK = look({ unread: [unread("dark")] });
const NOBODY = look();

/** What is shown after each of these looks, half a second apart. */
function watched(...looks: Seen[]): (Seen | null)[] {
  let at = 0;
  const steady = createSteady(() => at);
  return looks.map((one) => {
    at += 500;
    return steady.take(one);
  });
}

test("a face is shown at once, also after a doubt", () => {
  expect(watched(READ)).toEqual([READ]);
  expect(watched(TURNED, TURNED, TURNED, TURNED, READ).at(-1)).toBe(READ);
});

test("a head that turns for a moment changes no word", () => {
  expect(watched(READ, TURNED, TURNED, READ)).toEqual([READ, READ, READ, READ]);
});

test("one that stays turned is told so, and nothing flickers in between", () => {
  expect(watched(READ, TURNED, TURNED, TURNED, TURNED)).toEqual([READ, READ, READ, TURNED, TURNED]);
});

test("doubts that take turns stay one doubt", () => {
  const shown = watched(READ, TURNED, DARK, TURNED, DARK, TURNED, NOBODY, TURNED);
  expect(shown.slice(3)).toEqual([TURNED, TURNED, TURNED, TURNED, TURNED]);
});

test("while the lens gets used to the light it says nothing", () => {
  expect(watched(DARK, DARK, READ)).toEqual([null, null, READ]);
  expect(watched(NOBODY, NOBODY, NOBODY, NOBODY)).toEqual([null, null, null, NOBODY]);
});

test("what the server complains of is said at once", () => {
  const refused = look({ problem: { problem: "You have not agreed.", remedy: "Agree." } });
  expect(watched(refused)).toEqual([refused]);
});

test("after the camera was off it begins anew", () => {
  const steady = createSteady(() => 0);
  steady.take(READ);
  steady.forget();
  expect(steady.take(TURNED)).toBeNull();
});
