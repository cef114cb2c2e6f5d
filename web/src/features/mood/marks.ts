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
 * A place for each word beside its mark: the first of eight directions that leaves the
 * square, the other marks and the words already placed alone; the least bad otherwise.
 */
export function placeLabels(marks: Labelled[], side: number, fixed: Box[] = []): Box[] {
  const placed: Box[] = [];
  for (const mark of marks) {
    let best: Box | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [dx, dy] of DIRECTIONS) {
      const box = {
        x: mark.x + dx * (mark.r + 4) + (dx > 0 ? 0 : dx < 0 ? -mark.w : -mark.w / 2),
        y: mark.y + dy * (mark.r + 4) + (dy > 0 ? 0 : dy < 0 ? -mark.h : -mark.h / 2),
        w: mark.w,
        h: mark.h,
      };
      let bad = outside(box, side) * 4;
      for (const other of [...placed, ...fixed]) bad += overlap(box, other);
      for (const other of marks) {
        const r = other.r * 0.8;
        bad += overlap(box, { x: other.x - r, y: other.y - r, w: 2 * r, h: 2 * r });
      }
      if (bad < least - 0.5) {
        least = bad;
        best = box;
      }
    }
    placed.push(best as Box);
  }
  return placed;
}

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

export function overlap(one: Box, other: Box): number {
  const w = Math.min(one.x + one.w, other.x + other.w) - Math.max(one.x, other.x);
  const h = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y);
  return w > 0 && h > 0 ? w * h : 0;
}

function outside(box: Box, side: number): number {
  const w = Math.max(0, Math.min(side, box.x + box.w) - Math.max(0, box.x));
  const h = Math.max(0, Math.min(side, box.y + box.h) - Math.max(0, box.y));
  return box.w * box.h - w * h;
}
