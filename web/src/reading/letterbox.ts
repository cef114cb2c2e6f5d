/**
 * A picture as a detector takes it: the pixel work of `src/affetto/senses/face_finder.py`.
 *
 * Both sides do the same sums, so that the nets are given the same numbers; a canvas would
 * shrink pictures in each browser a little differently.
 */
import { clamped, type Region } from "./pixels";
import type { Pixels } from "./types";

/** Bytes to [-1, 1], in the single precision of the server. */
const TO_ONE = Math.fround(1 / 127.5);

/** How a picture got into the net's input: p lies at p * scale + (left, top). */
export interface Placing {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Fills `image` with a stretch of the picture as a net takes it: planes of red, green and
 * blue in [-1, 1], the longer side `share` of the net's, and black bars.
 *
 * Pixels are averaged in whole blocks, as many as come nearest to one for each pixel of the
 * result, and the result is sampled from those averages between the nearest four.
 */
export function letterboxed(
  pixels: Pixels,
  stretch: Region,
  side: number,
  image: Float32Array,
  share = 1,
): Placing {
  const wide = stretch.right - stretch.left;
  const high = stretch.bottom - stretch.top;
  const scale = (share * side) / Math.max(high, wide);
  const newWide = Math.max(1, Math.floor(wide * scale + 0.5));
  const newHigh = Math.max(1, Math.floor(high * scale + 0.5));
  const block = Math.min(Math.max(1, Math.floor(1 / scale + 0.5)), high, wide);
  const { data, rows, columns } = averaged(pixels, stretch, block);
  const left = Math.floor((side - newWide) / 2);
  const top = Math.floor((side - newHigh) / 2);
  image.fill(-1);
  const plane = side * side;
  if (across.on.length < side) [across, down] = [room(side), room(side)];
  const x = between(across, newWide, scale, block, columns);
  const y = between(down, newHigh, scale, block, rows);
  for (let row = 0; row < newHigh; row++) {
    const upper = 3 * columns * (y.before[row] as number);
    const lower = 3 * columns * Math.min((y.before[row] as number) + 1, rows - 1);
    const fall = y.on[row] as number;
    let place = (top + row) * side + left;
    for (let column = 0; column < newWide; column++, place++) {
      const first = 3 * (x.before[column] as number);
      const second = 3 * Math.min((x.before[column] as number) + 1, columns - 1);
      const along = x.on[column] as number;
      for (let colour = 0; colour < 3; colour++) {
        const a = data[upper + first + colour] as number;
        const b = data[upper + second + colour] as number;
        const near = a + ((data[lower + first + colour] as number) - a) * fall;
        const far = b + ((data[lower + second + colour] as number) - b) * fall;
        image[place + colour * plane] = (near + (far - near) * along) * TO_ONE - 1;
      }
    }
  }
  return { scale, left, top };
}

/** Red, green and blue in [0, 255], row by row; overwritten by the next. */
interface Means {
  data: Float32Array;
  rows: number;
  columns: number;
}
const means: Means = { data: new Float32Array(0), rows: 0, columns: 0 };

/** The mean of each whole block of `block` × `block` pixels; a rest is left out. */
function averaged(pixels: Pixels, stretch: Region, block: number): Means {
  const rows = Math.floor((stretch.bottom - stretch.top) / block);
  const columns = Math.floor((stretch.right - stretch.left) / block);
  if (means.data.length < 3 * rows * columns) means.data = new Float32Array(3 * rows * columns);
  Object.assign(means, { rows, columns });
  const to = means.data;
  const from = pixels.data;
  const stride = 4 * pixels.width;
  const share = 1 / (block * block);
  for (let row = 0, k = 0; row < rows; row++) {
    let corner = (stretch.top + row * block) * stride + 4 * stretch.left;
    for (let column = 0; column < columns; column++, k += 3, corner += 4 * block) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let i = 0, start = corner; i < block; i++, start += stride)
        for (let place = start; place < start + 4 * block; place += 4) {
          red += from[place] as number;
          green += from[place + 1] as number;
          blue += from[place + 2] as number;
        }
      to[k] = red * share;
      to[k + 1] = green * share;
      to[k + 2] = blue * share;
    }
  }
  return means;
}

/** For each pixel along one side: the mean before it, and how far on to the next, [0, 1]. */
interface Between {
  readonly before: Int32Array;
  readonly on: Float32Array;
}
// Overwritten by the next picture.
let across = room(0);
let down = room(0);

function room(side: number): Between {
  return { before: new Int32Array(side), on: new Float32Array(side) };
}

function between(
  to: Between,
  count: number,
  scale: number,
  block: number,
  length: number,
): Between {
  for (let k = 0; k < count; k++) {
    const place = clamped(((k + 0.5) / scale - 0.5 * block) / block, 0, length - 1);
    to.before[k] = Math.trunc(place);
    to.on[k] = place - Math.trunc(place);
  }
  return to;
}
