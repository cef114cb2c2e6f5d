/** A way over the map, as a hand draws it: a few points from where it begins to its end. */
import type { Point } from "@/api/types";
import { placeWords } from "@/texts";

/** As many points as the server takes, and far more than a hand can mean. */
export const MOST_POINTS = 32;
/** Nearer than this, two points are the same place. */
export const NEAR = 0.04;
/** Shorter than this, a stroke was a slip of the hand. */
export const SHORTEST = 0.2;

export const apart = (one: Point, other: Point) =>
  Math.hypot(one.valence - other.valence, one.arousal - other.arousal);

/** How long a way is, in the units of the map. */
export function lengthOf(way: readonly Point[]): number {
  return way.slice(1).reduce((sum, point, i) => sum + apart(way[i] as Point, point), 0);
}

/** The way with one more point, unless that point is where the pen is already. */
export function drawnTo(way: readonly Point[], point: Point): Point[] {
  const last = way.at(-1);
  return last && apart(last, point) < NEAR ? [...way] : [...way, point];
}

/**
 * The fewest points that keep the shape (Douglas & Peucker, Cartographica 10(2), 1973):
 * at most MOST_POINTS, the first and the last among them.
 */
export function simplified(way: readonly Point[], most = MOST_POINTS): Point[] {
  if (way.length < 3) return [...way];
  let tolerance = 0.01;
  let kept = thinned(way, tolerance);
  while (kept.length > most) {
    tolerance *= 1.5;
    kept = thinned(way, tolerance);
  }
  return kept;
}

function thinned(way: readonly Point[], tolerance: number): Point[] {
  const first = way[0] as Point;
  const last = way.at(-1) as Point;
  let farthest = 0;
  let most = tolerance;
  for (let i = 1; i < way.length - 1; i++) {
    const away = offLine(way[i] as Point, first, last);
    if (away > most) {
      most = away;
      farthest = i;
    }
  }
  if (!farthest) return [first, last];
  const before = thinned(way.slice(0, farthest + 1), tolerance);
  return [...before.slice(0, -1), ...thinned(way.slice(farthest), tolerance)];
}

/** How far a point lies from the stretch between two others. */
function offLine(point: Point, from: Point, to: Point): number {
  const dv = to.valence - from.valence;
  const da = to.arousal - from.arousal;
  const square = dv * dv + da * da;
  if (!square) return apart(point, from);
  const along = (point.valence - from.valence) * dv + (point.arousal - from.arousal) * da;
  const share = Math.min(1, Math.max(0, along / square));
  return apart(point, { valence: from.valence + share * dv, arousal: from.arousal + share * da });
}

/** What a way leads through, as one says it: where it begins and where it ends. */
export function endsInWords(way: readonly Point[]): { from: string; to: string } {
  const say = (point: Point | undefined) => (point ? placeWords(point.valence, point.arousal) : "");
  return { from: say(way[0]), to: say(way.at(-1)) };
}
