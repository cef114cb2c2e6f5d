/** How bright a picture is, from a few of its pixels. */
import type { Shown } from "./talk";
import type { Pixels } from "./types";

/** How many pixels are looked at, spread evenly over the picture. */
export const ACROSS = 16;
export const DOWN = 12;

/** The grey of the pixel that begins at `at`, in [0, 255]: ITU-R BT.601 luma. */
export function greyAt(data: Uint8ClampedArray, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

/** How bright a picture is and how much of it differs, from a few of its pixels. */
export function shownOf({ width, height, data }: Pixels): Shown {
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < DOWN; row += 1)
    for (let column = 0; column < ACROSS; column += 1) {
      const x = Math.floor(((column + 0.5) * width) / ACROSS);
      const y = Math.floor(((row + 0.5) * height) / DOWN);
      const grey = greyAt(data, 4 * (y * width + x)) / 255;
      sum += grey;
      squares += grey * grey;
    }
  const light = sum / (ACROSS * DOWN);
  const spread = Math.sqrt(Math.max(0, squares / (ACROSS * DOWN) - light * light));
  return { width, height, light, spread };
}
