import { expect, test } from "vitest";
import type { Point } from "@/api/types";
import { drawnTo, endsInWords, lengthOf, MOST_POINTS, simplified } from "./way";

const at = (valence: number, arousal: number): Point => ({ valence, arousal });

test("a hand that trembles on one spot draws no way", () => {
  const way = [at(0, 0), at(0.01, 0.01), at(-0.01, 0.02)].reduce(drawnTo, [] as Point[]);
  expect(way).toEqual([at(0, 0)]);
  expect(lengthOf(way)).toBe(0);
});

test("a straight stroke needs its two ends only", () => {
  const stroke = Array.from({ length: 200 }, (_, i) => at(-0.6 + i / 200, 0.6 - i / 200));
  expect(simplified(stroke)).toEqual([stroke[0], stroke[199]]);
});

test("a corner that was drawn is kept", () => {
  const corner = [at(-0.6, 0.6), at(-0.6, 0.3), at(-0.6, -0.5), at(0, -0.5), at(0.5, -0.5)];
  expect(simplified(corner)).toEqual([at(-0.6, 0.6), at(-0.6, -0.5), at(0.5, -0.5)]);
});

test("however wild the hand, the server is told few points, the ends among them", () => {
  const wild = Array.from({ length: 900 }, (_, i) => at(Math.sin(i), Math.cos(i * 1.7)));
  const kept = simplified(wild);
  expect(kept.length).toBeLessThanOrEqual(MOST_POINTS);
  expect([kept[0], kept.at(-1)]).toEqual([wild[0], wild[899]]);
});

test("a way is told by where it begins and where it ends", () => {
  expect(endsInWords([at(-0.6, 0.6), at(0.5, -0.6)])).toEqual({
    from: "fairly unpleasant, tense",
    to: "fairly pleasant, calm",
  });
});
