/** Parts of a picture, and numbers rounded as the server's Python rounds them. */
import type { Pixels } from "./types";

/** A stretch of a picture in its pixels; right and bottom lie just outside. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function whole(pixels: Pixels): Region {
  return { left: 0, top: 0, right: pixels.width, bottom: pixels.height };
}

/** The nearest whole number; halfway lies the even one. */
export function rounded(value: number): number {
  const low = Math.floor(value);
  const over = value - low;
  if (over !== 0.5) return over < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

export function clamped(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
