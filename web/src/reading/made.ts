/** Pictures and faces made of numbers, for the tests of reading. */
import type { FoundFace } from "./face_finder";
import type { Pixels } from "./types";

type Colour = readonly [red: number, green: number, blue: number];

/** A picture where each pixel has the colour that `colour` tells. */
export function painted(
  width: number,
  height: number,
  colour: (x: number, y: number) => Colour | number,
): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0, k = 0; y < height; y++)
    for (let x = 0; x < width; x++, k += 4) {
      const told = colour(x, y);
      data.set(typeof told === "number" ? [told, told, told, 255] : [...told, 255], k);
    }
  return { width, height, data };
}

/** White inside the box, black outside. */
export function boxed(side: number, [left, top, right, bottom]: FoundFace["box"]): Pixels {
  return painted(side, side, (x, y) =>
    x >= left && x < right && y >= top && y < bottom ? 255 : 0,
  );
}

/** Even numbers in [0, 1) from a seed (a linear congruential generator). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A face with its box's middle at (x, y); `turn` in radians, clockwise on the screen. */
export function faceAt(
  x: number,
  y: number,
  side: number,
  { turn = 0, apart = 0.42, score = 0.9 } = {},
): FoundFace {
  const places: [number, number][] = [
    [-apart / 2, -0.16],
    [apart / 2, -0.16],
    [0, 0.08],
    [0, 0.26],
    [-0.4, -0.05],
    [0.4, -0.05],
  ];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const half = side / 2;
  return {
    box: [x - half, y - half, x + half, y + half],
    keypoints: places.flatMap(([px, py]) => [
      x + side * (px * cos - py * sin),
      y + side * (px * sin + py * cos),
    ]),
    score,
  };
}
