import { describe, expect, test } from "vitest";
import { contrast, linearRgb, luminance, palette, type Theme } from "@/ui/colour";
import { colourTable, corners, dotSize, dotsOf, nearestDot, paint, quarters } from "./dots";
import { WHOLE, zoomed } from "./view";

const LIGHT: Theme = { scheme: "light", contrast: false };
const map = (places: ([number, number] | null)[]) =>
  dotsOf({
    valence: places.map((at) => at && Math.round(at[0] * 1000)),
    arousal: places.map((at) => at && Math.round(at[1] * 1000)),
  });

test("a track without a place has no dot, and the others keep their rows", () => {
  const dots = map([[0.5, 0.5], null, [-0.5, -0.5]]);
  expect([...dots.row]).toEqual([0, 2]);
  expect(quarters(dots)).toEqual({ tense: 0, excited: 1, sad: 1, calm: 0 });
});

test("a dot is painted where it lies, and dots on each other are denser", () => {
  const brush = { r: 3, cover: 0.5, colours: colourTable(LIGHT) };
  const alpha = (places: [number, number][], view = WHOLE) => {
    const out = new Uint8ClampedArray(4 * 40 * 40);
    paint(out, 40, 40, map(places), view, brush);
    return (x: number, y: number) => out[4 * (y * 40 + x) + 3] as number;
  };
  const one = alpha([[0, 0]]);
  expect(one(20, 20)).toBeGreaterThan(100);
  expect(one(3, 3)).toBe(0);
  expect(alpha([[0, 0], [0, 0]])(20, 20)).toBeGreaterThan(one(20, 20)); // biome-ignore format: two
  // One half out of sight, and one all of it.
  expect(alpha([[0, 0]], { zoom: 2, left: 0.5, top: 0.5 })(0, 0)).toBeGreaterThan(100);
  expect(alpha([[-0.9, 0.9]], { zoom: 2, left: 0.5, top: 0.5 })(0, 0)).toBe(0);
});

test("the nearest dot within reach is found, enlarged or not", () => {
  const dots = map([
    [0, 0],
    [0.5, 0.5],
  ]);
  const find = (x: number, y: number, view = WHOLE) =>
    nearestDot(dots, view, { x, y }, 400, 400, 12);
  expect(find(205, 200)).toBe(0);
  expect(find(290, 110)).toBe(1);
  expect(find(20, 380)).toBe(-1);
  expect(find(205, 200, zoomed(WHOLE, 8))).toBe(0);
});

test("many dots are small and let each other show", () => {
  const few = dotSize(28, 640, 640, 1);
  const many = dotSize(10_000, 640, 640, 1);
  expect(few.r).toBe(6);
  expect(many.r).toBeLessThan(2);
  expect(many.cover).toBeLessThan(few.cover);
  expect(dotSize(10_000, 640, 640, 16).r).toBeGreaterThan(many.r);
});

describe.each([
  LIGHT,
  { scheme: "dark", contrast: false },
  { scheme: "light", contrast: true },
] as const)("in the $scheme theme (high contrast: $contrast)", (theme: Theme) => {
  test("a dot of any corner is seen on the map's ground in every mood", () => {
    for (const valence of [-1, 0, 1])
      for (const arousal of [-1, 0, 1]) {
        const ground = luminance(linearRgb(palette({ valence, arousal }, theme)["map-mid"]));
        for (const colour of Object.values(corners(theme)))
          expect(contrast(luminance(linearRgb(colour)), ground)).toBeGreaterThan(3);
      }
  });
});
