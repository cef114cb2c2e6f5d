import { expect, test } from "vitest";
import { MOST_ZOOM, moved, pointAt, seen, showing, spot, under, WHOLE, zoomed } from "./view";

test("a point of the map is where it was taken from", () => {
  for (const point of [
    { valence: 0.3, arousal: -0.7 },
    { valence: -1, arousal: 1 },
  ]) {
    const { x, y } = spot(point);
    const back = pointAt(x, y);
    expect(back.valence).toBeCloseTo(point.valence);
    expect(back.arousal).toBeCloseTo(point.arousal);
  }
  expect(pointAt(0, 0)).toEqual({ valence: -1, arousal: 1 }); // beyond the edge is the edge
});

test("coming nearer keeps what the pointer is on where it is", () => {
  const before = under(WHOLE, 0.8, 0.3);
  const view = zoomed(WHOLE, 4, 0.8, 0.3);
  const after = under(view, 0.8, 0.3);
  expect(after.x).toBeCloseTo(before.x);
  expect(after.y).toBeCloseTo(before.y);
  expect(seen(view, after.x, after.y).x).toBeCloseTo(0.8);
});

test("nobody gets lost: no farther than all of it, no nearer than there is sense", () => {
  expect(zoomed(WHOLE, 0.1)).toEqual(WHOLE);
  expect(zoomed(WHOLE, 1000).zoom).toBe(MOST_ZOOM);
  expect(moved(WHOLE, 0.5, 0.5)).toEqual(WHOLE);
  const corner = moved(zoomed(WHOLE, 2), -9, -9);
  expect(corner).toEqual({ zoom: 2, left: 0.5, top: 0.5 });
});

test("the hand led by keys stays in sight", () => {
  const view = showing(zoomed(WHOLE, 4), 0.9, 0.1);
  const at = seen(view, 0.9, 0.1);
  expect(at.x).toBeGreaterThan(0);
  expect(at.x).toBeLessThan(1);
  expect(at.y).toBeGreaterThan(0);
  expect(at.y).toBeLessThan(1);
});
