/** What part of the map is in sight, and where its points lie on the screen. */
import type { Point } from "@/api/types";

/** The part in sight: its left and top edge in the unit square, and how often it is enlarged. */
export interface View {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

export const WHOLE: View = { zoom: 1, left: 0, top: 0 };
export const MOST_ZOOM = 16;
const EDGE = 0.03; // so that a track at the very edge is seen whole

/** A point of the mood map in the unit square, from the top left. */
export const spot = ({ valence, arousal }: Point) => ({
  x: EDGE + (1 - 2 * EDGE) * ((valence + 1) / 2),
  y: EDGE + (1 - 2 * EDGE) * ((1 - arousal) / 2),
});

/** How much of the unit square one unit of the map takes. */
export const UNIT = (1 - 2 * EDGE) / 2;

/** The point of the mood map at a place of the unit square, held to the map. */
export function pointAt(x: number, y: number): Point {
  const hold = (n: number) => Math.min(1, Math.max(-1, n));
  return {
    valence: hold(((x - EDGE) / (1 - 2 * EDGE)) * 2 - 1),
    arousal: hold(1 - ((y - EDGE) / (1 - 2 * EDGE)) * 2),
  };
}

/** From the unit square to fractions of what is in sight, and back. */
export const seen = ({ zoom, left, top }: View, x: number, y: number) => ({
  x: (x - left) * zoom,
  y: (y - top) * zoom,
});
export const under = ({ zoom, left, top }: View, x: number, y: number) => ({
  x: left + x / zoom,
  y: top + y / zoom,
});

function held(zoom: number, left: number, top: number): View {
  const most = 1 - 1 / zoom;
  const hold = (n: number) => Math.min(most, Math.max(0, n));
  return { zoom, left: hold(left), top: hold(top) };
}

/** Enlarged `times` as much, keeping what lies at (x, y) of what is in sight where it is. */
export function zoomed(view: View, times: number, x = 0.5, y = 0.5): View {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, view.zoom * times));
  const at = under(view, x, y);
  return held(zoom, at.x - x / zoom, at.y - y / zoom);
}

/** Moved with the hand by fractions of what is in sight. */
export const moved = (view: View, dx: number, dy: number) =>
  held(view.zoom, view.left - dx / view.zoom, view.top - dy / view.zoom);

/** Moved by no more than it takes to have a place of the unit square in sight. */
export function showing(view: View, x: number, y: number): View {
  const at = seen(view, x, y);
  const margin = 0.15;
  const by = (n: number) => (n < margin ? margin - n : n > 1 - margin ? 1 - margin - n : 0);
  return moved(view, by(at.x), by(at.y));
}
