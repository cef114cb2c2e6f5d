import { expect, test } from "vitest";
import { curve } from "@/testing";
import { pieces, valueAt } from "./CurveChart";

test("a moment is told by the step it lies in, and by nothing where nothing was heard", () => {
  expect(valueAt(curve, 0)).toEqual({ valence: 0.1, arousal: -0.2 });
  expect(valueAt(curve, 8)?.valence).toBe(0.2);
  expect(valueAt(curve, 15)).toBeNull();
  expect(valueAt(curve, 24)?.valence).toBe(-0.1);
});

test("no line is drawn through what could not be heard", () => {
  expect(pieces(curve)).toEqual([[0, 1], [2]]);
});
