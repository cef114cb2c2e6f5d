/** Where things lie on the map, and where their words fit without covering each other. */
import type { Point } from "@/api/types";

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** From a point of the map to fractions of its square, from the top left. */
export const toSquare = ({ valence, arousal }: Point) => ({
  x: (valence + 1) / 2,
  y: (1 - arousal) / 2,
});

/** From fractions of the square to the nearest point of the map. */
export function toMap(x: number, y: number): Point {
  const hold = (n: number) => Math.min(1, Math.max(-1, n));
  return { valence: hold(2 * x - 1), arousal: hold(1 - 2 * y) };
}

export const STEP = 0.05;

/** One press of an arrow key; null for any other key. */
export function step(from: Point, key: string): Point | null {
  const moves: Record<string, [number, number]> = {
    ArrowRight: [STEP, 0],
    ArrowLeft: [-STEP, 0],
    ArrowUp: [0, STEP],
    ArrowDown: [0, -STEP],
  };
  const move = moves[key];
  if (!move) return null;
  const hold = (n: number) => Math.min(1, Math.max(-1, Math.round(n * 100) / 100));
  return { valence: hold(from.valence + move[0]), arousal: hold(from.arousal + move[1]) };
}

/** An uncertainty as it is drawn: half its axes in pixels, and its turn in degrees. */
export interface Ellipse {
  rx: number;
  ry: number;
  turn: number;
}

const SMALLEST_PX = 15;
const LARGEST = 0.28; // of the map's side

/**
 * One standard deviation around a mood, from its covariance [vv, va, aa]: the long axis lies
 * the way the mood is least known. Screens count downwards, so the turn is the other way.
 */
export function ellipse([vv, va, aa]: readonly [number, number, number], side: number): Ellipse {
  const [middle, half] = [(vv + aa) / 2, Math.hypot((vv - aa) / 2, va)];
  const drawn = (variance: number) =>
    Math.min(side * LARGEST, Math.max(SMALLEST_PX, (Math.sqrt(Math.max(0, variance)) * side) / 2));
  return {
    rx: drawn(middle + half),
    ry: drawn(middle - half),
    turn: (-0.5 * Math.atan2(2 * va, vv - aa) * 180) / Math.PI,
  };
}

/** From its middle to its edge in a direction of the screen, in pixels. */
export function reach({ rx, ry, turn }: Ellipse, dx: number, dy: number): number {
  const angle = Math.atan2(dy, dx) - (turn * Math.PI) / 180;
  return (rx * ry) / Math.hypot(ry * Math.cos(angle), rx * Math.sin(angle));
}

export interface Labelled {
  /** Centre and radius of the mark, in pixels. */
  x: number;
  y: number;
  r: number;
  /** Size of its word, in pixels. */
  w: number;
  h: number;
}

/**
 * A place for each word beside its mark: inside the square, and of eight directions and
 * three distances the one that covers least of other words, of marks and of the map's own.
 */
export function placeLabels(marks: Labelled[], side: number, fixed: Box[] = []): Box[] {
  const placed: Box[] = [];
  for (const mark of marks) {
    let best: Box = { x: 0, y: 0, w: mark.w, h: mark.h };
    let least = Number.POSITIVE_INFINITY;
    for (const away of [4, 26, 48])
      for (const [dx, dy] of DIRECTIONS) {
        const reach = mark.r + away;
        const box = {
          x: hold(mark.x + dx * reach + (Math.sign(dx) - 1) * (mark.w / 2), side - mark.w),
          y: hold(mark.y + dy * reach + (Math.sign(dy) - 1) * (mark.h / 2), side - mark.h),
          w: mark.w,
          h: mark.h,
        };
        let bad = away; // near is better
        for (const other of placed) bad += 50 * overlap(box, other); // a covered word is lost
        for (const other of fixed) bad += overlap(box, other);
        for (const other of marks) {
          const r = other.r * 0.8;
          bad += overlap(box, { x: other.x - r, y: other.y - r, w: 2 * r, h: 2 * r });
        }
        if (bad < least - 0.5) {
          least = bad;
          best = box;
        }
      }
    placed.push(best);
  }
  return placed;
}

const hold = (n: number, most: number) => Math.min(most, Math.max(0, n));

const DIRECTIONS = [
  [0, -1],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0.75, -0.75],
  [-0.75, -0.75],
  [0.75, 0.75],
  [-0.75, 0.75],
] as const;

/** A spot, moved up or down by no more than needed for a small mark to leave words free. */
export function besideWords<T extends { x: number; y: number }>(spot: T, words: Box[], r = 9): T {
  for (const word of words) {
    const mark = { x: spot.x - r, y: spot.y - r, w: 2 * r, h: 2 * r };
    if (!overlap(mark, word)) continue;
    const up = spot.y < word.y + word.h / 2;
    return { ...spot, y: up ? word.y - r : word.y + word.h + r };
  }
  return spot;
}

export function overlap(one: Box, other: Box): number {
  const w = Math.min(one.x + one.w, other.x + other.w) - Math.max(one.x, other.x);
  const h = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y);
  return w > 0 && h > 0 ? w * h : 0;
}
