/**
 * When a face that was found is better not read.
 *
 * As `src/affetto/senses/face_doubt.py`, where the limits and their source are told.
 */
import { contrastOf, type Quality, SIDE } from "./face_crop";
import { type FoundFace, sideOf } from "./face_finder";
import { turnedBy } from "./face_pose";
import type { Region } from "./pixels";
import type { Doubt } from "./types";

export const WIDE_ENOUGH = 40.0;
export const LIGHT_ENOUGH = 0.065;
export const DETAIL_ENOUGH = 0.16;
export const FACING = 55.0;
export const EYES_ENOUGH = 0.22;
export const MOUTH_ENOUGH = 0.135;
export const BAND_ENOUGH = 0.09;
export const UNCLEAR = 0.21;

/** Where eyes and mouth lie in a crop. */
export const EYES: Region = { top: 14, bottom: 25, left: 7, right: 41 };
export const MOUTH: Region = { top: 31, bottom: 43, left: 13, right: 35 };
/** Rows of a band across the middle of the face. */
export const BAND = 11;
export const BROW_TO_CHIN: Region = { top: 13, bottom: 44, left: 12, right: 36 };

/** What speaks against reading a face before it is even cut out, or null. */
export function doubtOfPlace(face: FoundFace): Doubt | null {
  if (sideOf(face) < WIDE_ENOUGH) return "small";
  if (turnedBy(face) > FACING) return "turned";
  return null;
}

/** What speaks against reading a crop before the net does, or null. */
export function doubtOfCrop(crop: Float32Array, seen: Quality): Doubt | null {
  if (seen.light < LIGHT_ENOUGH) return "dark";
  if (seen.detail < DETAIL_ENOUGH) return "blurred";
  const plain =
    relief(crop, EYES) < EYES_ENOUGH ||
    relief(crop, MOUTH) < MOUTH_ENOUGH ||
    barest(crop) < BAND_ENOUGH;
  return plain ? "covered" : null;
}

/** What speaks against a reading once the net has answered, or null. */
export function doubtOfVotes(unclear: number): Doubt | null {
  return unclear > UNCLEAR ? "covered" : null;
}

/** How much is to be seen in a part of a crop, beside the crop as a whole. */
export function relief(crop: Float32Array, part: Region): number {
  const smooth = smoothed(crop, part);
  return uneven(smooth, 0, part.bottom - part.top, part.right - part.left) / floored(crop);
}

/** The least `relief` of any band across the middle of the face. */
export function barest(crop: Float32Array): number {
  const high = BROW_TO_CHIN.bottom - BROW_TO_CHIN.top;
  const wide = BROW_TO_CHIN.right - BROW_TO_CHIN.left;
  const middle = smoothed(crop, BROW_TO_CHIN);
  let least = Number.POSITIVE_INFINITY;
  for (let first = 0; first + BAND <= high; first += 2)
    least = Math.min(least, uneven(middle, first * wide, BAND, wide));
  return least / floored(crop);
}

function floored(crop: Float32Array): number {
  return Math.max(contrastOf(crop), 0.02);
}

// The largest part is smoothed in here, one at a time.
const smooth = new Float32Array(SIDE * SIDE);

/** A part of the crop, each pixel the mean of nine. */
function smoothed(crop: Float32Array, part: Region): Float32Array {
  const at = (k: number) => crop[k] as number;
  const three = (k: number) => at(k - 1) + at(k) + at(k + 1);
  let place = 0;
  for (let row = part.top; row < part.bottom; row++)
    for (let k = row * SIDE + part.left; k < row * SIDE + part.right; k++)
      smooth[place++] = (three(k - SIDE) + three(k) + three(k + SIDE)) / 9;
  return smooth;
}

/** Standard deviation of a part about the plane that fits it best. */
function uneven(values: Float32Array, first: number, high: number, wide: number): number {
  const size = high * wide;
  let mean = 0;
  for (let k = first; k < first + size; k++) mean += (values[k] as number) / size;
  // The variance that the two slopes explain; rows and columns tell them alone.
  let squares = 0;
  let fall = 0;
  let lean = 0;
  for (let row = 0, k = first; row < high; row++) {
    const down = (2 * row) / (high - 1) - 1;
    for (let column = 0; column < wide; column++, k++) {
      const value = (values[k] as number) - mean;
      squares += value * value;
      fall += value * down;
      lean += value * ((2 * column) / (wide - 1) - 1);
    }
  }
  const explained = fall ** 2 / slopeSquares(high) / wide + lean ** 2 / slopeSquares(wide) / high;
  return Math.sqrt(Math.max((squares - explained) / size, 0));
}

/** The sum of squares of so many even steps from -1 to 1. */
function slopeSquares(count: number): number {
  return (count * (count + 1)) / (3 * (count - 1));
}
