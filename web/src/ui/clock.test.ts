import { expect, test } from "vitest";
import { clock } from "./clock";

test.each([
  [0, "0:00"],
  [7.9, "0:07"],
  [205, "3:25"],
  [3723, "1:02:03"],
  [Number.NaN, "0:00"],
])("%d seconds read %s", (seconds, words) => {
  expect(clock(seconds)).toBe(words);
});
