import { expect, test } from "vitest";
import { besideWords, ellipse, overlap, placeLabels, reach, step, toMap, toSquare } from "./marks";

test("the top right of the square is excited, and the way back is the same", () => {
  expect(toMap(1, 0)).toEqual({ valence: 1, arousal: 1 });
  expect(toSquare({ valence: -1, arousal: -1 })).toEqual({ x: 0, y: 1 });
  expect(toMap(2, -3)).toEqual({ valence: 1, arousal: 1 });
});

test("an arrow moves by .05 and stops at the edge", () => {
  expect(step({ valence: 0, arousal: 0 }, "ArrowRight")).toEqual({ valence: 0.05, arousal: 0 });
  expect(step({ valence: 0.1, arousal: 0.98 }, "ArrowUp")).toEqual({ valence: 0.1, arousal: 1 });
  expect(step({ valence: 0, arousal: 0 }, "a")).toBeNull();
});

test("words of marks that lie together do not cover each other, nor leave the map", () => {
  const mark = (x: number, y: number, r: number) => ({ x, y, r, w: 50, h: 18 });
  for (const x of [15, 160, 305])
    for (const y of [15, 160, 305]) {
      const boxes = placeLabels([mark(x, y, 13), mark(x + 5, y, 24), mark(x, y + 8, 11)], 320);
      for (const [i, one] of boxes.entries()) {
        for (const other of boxes.slice(i + 1)) expect(overlap(one, other)).toBe(0);
        expect(one.x).toBeGreaterThanOrEqual(0);
        expect(one.y).toBeGreaterThanOrEqual(0);
        expect(one.x + one.w).toBeLessThanOrEqual(320);
        expect(one.y + one.h).toBeLessThanOrEqual(320);
      }
    }
});

test("a small mark on a word moves off it, and stays where it is otherwise", () => {
  const word = { x: 100, y: 100, w: 60, h: 24 };
  expect(besideWords({ x: 120, y: 105 }, [word])).toEqual({ x: 120, y: 91 });
  expect(besideWords({ x: 120, y: 120 }, [word])).toEqual({ x: 120, y: 133 });
  expect(besideWords({ x: 20, y: 105 }, [word])).toEqual({ x: 20, y: 105 });
});

test("an uncertainty is drawn with its axes, neither too small to see nor over all the map", () => {
  const round = ellipse([0.04, 0, 0.04], 320);
  expect([round.rx, round.ry]).toEqual([32, 32]);
  const wide = ellipse([0.09, 0, 0.01], 320);
  expect([wide.rx, Math.round(wide.ry), Math.abs(wide.turn)]).toEqual([48, 16, 0]);
  const tall = ellipse([0.01, 0, 0.09], 320);
  expect([tall.rx, Math.abs(tall.turn)]).toEqual([48, 90]);
  expect(ellipse([0, 0, 0], 320).rx).toBe(15);
  expect(ellipse([9, 0, 9], 320).rx).toBeCloseTo(0.28 * 320);
});

test("a line to the target begins at the edge of the ring, whichever way it lies", () => {
  const wide = ellipse([0.09, 0, 0.01], 320);
  expect(reach(wide, 5, 0)).toBeCloseTo(48);
  expect(reach(wide, 0, 5)).toBeCloseTo(16);
});
