/**
 * One face cut out the way the expression net learnt to see faces.
 *
 * As `src/affetto/senses/face_crop.py`, where the numbers come from is said there.
 */
import { type FoundFace, level, sideOf } from "./face_finder";
import { clamped } from "./pixels";
import type { Pixels } from "./types";

/** Pixels of a crop. */
export const SIDE = 48;
/** Of the detector's box inside a crop, in its pixels. */
export const BOX_SIDE = 40.8;
export const BOX_MIDDLE = [24.0, 25.8] as const;

// ITU-R BT.601 luma, in the single precision of the server.
const [RED, GREEN, BLUE] = [Math.fround(0.299), Math.fround(0.587), Math.fround(0.114)];

export const ENOUGH_PIXELS = 40.0;
export const ENOUGH_LIGHT = 0.21;
export const ENOUGH_CONTRAST = 0.1;
export const ENOUGH_DETAIL = 0.27;

/** What a crop has to show, each in the unit said. */
export interface Quality {
  /** Width of the face in the picture. */
  readonly pixels: number;
  /** Mean grey, [0, 1]. */
  readonly light: number;
  /** Standard deviation of grey, [0, 0.5]. */
  readonly contrast: number;
  /** Mean |Laplacian| over the standard deviation; falls with blur. */
  readonly detail: number;
}

/** How far a crop like this can be believed, in [0, 1]. */
export function trustOf(seen: Quality): number {
  return (
    Math.min(1, seen.light / ENOUGH_LIGHT) *
    Math.min(1, seen.contrast / ENOUGH_CONTRAST) *
    Math.min(1, seen.pixels / ENOUGH_PIXELS, seen.detail / ENOUGH_DETAIL)
  );
}

/** Grey in [0, 255], row by row, and where in the picture it begins. */
interface GreyPart {
  grey: Float32Array;
  rows: number;
  columns: number;
  left: number;
  top: number;
}

// One for all crops: a face's part is at most some 200 pixels wide once it is shrunk.
const part: GreyPart = { grey: new Float32Array(0), rows: 0, columns: 0, left: 0, top: 0 };

/**
 * The face level, tight and grey, 48 × 48 in [0, 1], written to `crop`.
 *
 * Beyond the picture's edge its last pixels go on.
 */
export function cropped(
  pixels: Pixels,
  face: FoundFace,
  crop: Float32Array = new Float32Array(SIDE * SIDE),
): Float32Array {
  const [acrossX, acrossY] = level(face);
  const [downX, downY] = [-acrossY, acrossX];
  const [left, top, right, bottom] = face.box;
  let step = sideOf(face) / BOX_SIDE; // picture pixels for one pixel of the crop
  const half = (SIDE - 1) / 2;
  const aside = (SIDE / 2 - BOX_MIDDLE[0]) * step;
  const below = (SIDE / 2 - BOX_MIDDLE[1]) * step;
  // The crop's centre in the picture; the -0.5 turns edges into pixel middles.
  let x0 = (left + right) / 2 + acrossX * aside + downX * below - 0.5;
  let y0 = (top + bottom) / 2 + acrossY * aside + downY * below - 0.5;

  // The part of the picture that matters, shrunk by whole steps so that what follows
  // samples about every pixel once or twice and nothing aliases.
  const shrink = Math.max(1, Math.min(Math.trunc(step / 1.5), pixels.height, pixels.width));
  const reach = half * step * Math.SQRT2 + 2 * shrink;
  takeGreyPart(pixels, x0, y0, reach, shrink);
  x0 = (x0 - part.left - (shrink - 1) / 2) / shrink;
  y0 = (y0 - part.top - (shrink - 1) / 2) / shrink;
  step /= shrink;

  const finer = step > 1.2 ? 2 : 1;
  const share = 1 / (finer * finer * 255);
  for (let row = 0, k = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, k++) {
      let sum = 0;
      for (let i = 0; i < finer; i++) {
        const down = (row + (i + 0.5) / finer - 0.5 - half) * step;
        for (let j = 0; j < finer; j++) {
          const across = (column + (j + 0.5) / finer - 0.5 - half) * step;
          sum += sampled(
            x0 + across * acrossX + down * downX,
            y0 + across * acrossY + down * downY,
          );
        }
      }
      crop[k] = sum * share;
    }
  }
  return crop;
}

/** Judge a crop made by `cropped`. */
export function quality(crop: Float32Array, face: FoundFace): Quality {
  const light = meanOf(crop);
  const contrast = contrastOf(crop, light);
  let rough = 0;
  for (let row = 1; row < SIDE - 1; row++) {
    for (let k = row * SIDE + 1; k < row * SIDE + SIDE - 1; k++) {
      const around = at(crop, k - SIDE) + at(crop, k + SIDE) + at(crop, k - 1) + at(crop, k + 1);
      rough += Math.abs(4 * at(crop, k) - around);
    }
  }
  const detail = rough / (SIDE - 2) ** 2 / Math.max(contrast, 1e-3);
  return { pixels: sideOf(face), light, contrast, detail };
}

/** Standard deviation of grey. */
export function contrastOf(crop: Float32Array, mean = meanOf(crop)): number {
  let squares = 0;
  for (const value of crop) squares += (value - mean) ** 2;
  return Math.sqrt(squares / crop.length);
}

function meanOf(crop: Float32Array): number {
  let sum = 0;
  for (const value of crop) sum += value;
  return sum / crop.length;
}

/** Fills `part` with the square around a point, shrunk by whole steps. */
function takeGreyPart(pixels: Pixels, x: number, y: number, reach: number, shrink: number): void {
  const { width, data } = pixels;
  const [left, right] = span(x, reach, width, shrink);
  const [top, bottom] = span(y, reach, pixels.height, shrink);
  const columns = Math.trunc((right - left) / shrink);
  const rows = Math.trunc((bottom - top) / shrink);
  if (part.grey.length < rows * columns) part.grey = new Float32Array(rows * columns);
  Object.assign(part, { rows, columns, left, top });
  const grey = part.grey;
  const share = 1 / (shrink * shrink);
  const stride = 4 * width;
  for (let row = 0, k = 0; row < rows; row++) {
    const first = (top + row * shrink) * stride + 4 * left;
    for (let column = 0; column < columns; column++, k++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let i = 0; i < shrink; i++) {
        const start = first + i * stride + 4 * column * shrink;
        for (let place = start; place < start + 4 * shrink; place += 4) {
          red += at(data, place);
          green += at(data, place + 1);
          blue += at(data, place + 2);
        }
      }
      grey[k] = (RED * red + GREEN * green + BLUE * blue) * share;
    }
  }
}

/** Where a stretch of `length` is needed, at least `shrink` long and inside it. */
function span(middle: number, reach: number, length: number, shrink: number): [number, number] {
  const low = Math.min(Math.max(0, Math.floor(middle - reach)), length - shrink);
  const high = Math.max(Math.min(length, Math.ceil(middle + reach) + 1), low + shrink);
  return [low, high];
}

/** One bilinear sample of `part`; outside, the edge goes on. */
function sampled(atX: number, atY: number): number {
  const { grey, columns, rows } = part;
  const x = clamped(atX, 0, columns - 1);
  const y = clamped(atY, 0, rows - 1);
  const left = Math.trunc(x);
  const top = Math.trunc(y);
  const dx = x - left;
  const dy = y - top;
  const first = top * columns + left; // of four neighbours
  const aside = left < columns - 1 ? 1 : 0;
  const below = top < rows - 1 ? columns : 0;
  const upper = at(grey, first) * (1 - dx) + at(grey, first + aside) * dx;
  const lower = at(grey, first + below) * (1 - dx) + at(grey, first + below + aside) * dx;
  return upper * (1 - dy) + lower * dy;
}

/** A value that is known to be there. */
function at(values: Float32Array | Uint8ClampedArray, k: number): number {
  return values[k] as number;
}
