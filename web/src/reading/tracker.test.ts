import { expect, test } from "vitest";
import type { FoundFace } from "./face_finder";
import { Tracker } from "./tracker";
import type { Pixels } from "./types";

const SIDE = 80;

/** A grey wall with something face-like of 80 pixels, its top left corner where named. */
function frame(x: number, y: number, look = 1): Pixels {
  const [width, height] = [320, 240];
  const data = new Uint8ClampedArray(4 * width * height).fill(150);
  for (let row = 0; row < SIDE; row += 1)
    for (let column = 0; column < SIDE; column += 1) {
      const at = 4 * ((y + row) * width + x + column);
      const grey =
        120 + 60 * Math.sin((look * column) / 7) * Math.cos(row / 9) + (row > 60 ? -40 : 20);
      data.fill(grey, at, at + 3);
    }
  return { width, height, data };
}

/** A detector that finds the face where the test put it, and counts its looks. */
function detector(places: [number, number][]) {
  const state = { looks: 0, frame: 0 };
  const finder = {
    async find(): Promise<FoundFace[]> {
      state.looks += 1;
      const [x, y] = places[state.frame] ?? [0, 0];
      return [
        { box: [x, y, x + SIDE, y + SIDE], keypoints: [x + 20, y + 30, x + 60, y + 30], score: 1 },
      ];
    },
  };
  return { state, finder };
}

async function walk(places: [number, number][], looks: number[] = []) {
  const { state, finder } = detector(places);
  const tracker = new Tracker(finder, () => state.frame * 100);
  tracker.following = true;
  const found: FoundFace[] = [];
  for (; state.frame < places.length; state.frame += 1) {
    const [x, y] = places[state.frame] as [number, number];
    const [face] = await tracker.find(frame(x, y, looks[state.frame] ?? 1));
    found.push(face as FoundFace);
  }
  return { found, looks: state.looks };
}

test("a still face is detected in every fourth frame only", async () => {
  const { looks } = await walk(Array(12).fill([100, 80]));
  expect(looks).toBe(3);
});

test("a face that moves slowly is followed to within a pixel or two", async () => {
  const places: [number, number][] = [0, 1, 2, 3].map((i) => [100 + 6 * i, 80 - 3 * i]);
  const { found, looks } = await walk(places);
  expect(looks).toBe(1);
  for (const [i, [x, y]] of places.entries()) {
    expect(Math.abs((found[i]?.box[0] ?? 0) - x)).toBeLessThan(2);
    expect(Math.abs((found[i]?.box[1] ?? 0) - y)).toBeLessThan(2);
    expect(Math.abs((found[i]?.keypoints[0] ?? 0) - (x + 20))).toBeLessThan(2);
  }
});

test("a face that leaps is detected anew", async () => {
  const { found, looks } = await walk([
    [40, 40],
    [200, 120],
  ]);
  expect(looks).toBe(2);
  expect(found[1]?.box[0]).toBe(200);
});

test("something else in its place is detected anew", async () => {
  const { looks } = await walk(
    [
      [100, 80],
      [100, 80],
    ],
    [1, 3.3],
  );
  expect(looks).toBe(2);
});

test("when the reader was in doubt the detector looks again", async () => {
  const { state, finder } = detector(Array(3).fill([100, 80]));
  const tracker = new Tracker(finder, () => 0);
  tracker.following = true;
  await tracker.find(frame(100, 80));
  await tracker.find(frame(100, 80));
  expect(state.looks).toBe(1);
  tracker.forget();
  await tracker.find(frame(100, 80));
  expect(state.looks).toBe(2);
});

test("pictures that do not belong together are each detected", async () => {
  const { state, finder } = detector(Array(3).fill([100, 80]));
  const tracker = new Tracker(finder);
  for (let i = 0; i < 3; i += 1) await tracker.find(frame(100, 80));
  expect(state.looks).toBe(3);
});

test("after two seconds the last place of a face is worth nothing", async () => {
  const { state, finder } = detector(Array(2).fill([100, 80]));
  let now = 0;
  const tracker = new Tracker(finder, () => now);
  tracker.following = true;
  await tracker.find(frame(100, 80));
  now = 2500;
  await tracker.find(frame(100, 80));
  expect(state.looks).toBe(2);
});
