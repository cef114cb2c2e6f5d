import { expect, test } from "vitest";
import { faceOf } from "./testing";
import { blended, createTimeline, type Second, stretches } from "./timeline";
import type { Box, Doubt, Face, Look } from "./types";

const HERE: Box = [100, 100, 200, 200];
const THERE: Box = [500, 100, 240, 240];

const at = (box: Box, face: Face = faceOf({ happy: 0.9, neutral: 0.1 })): Face => ({
  ...face,
  box,
});
const seen = (...faces: Face[]): Look => ({ faces, unread: [], others: 0 });
const unread = (doubt: Doubt, box = HERE): Look => ({
  faces: [],
  unread: [{ box, doubt }],
  others: 0,
});
const nobody = seen();

/** The seconds of a clip looked at five times a second. */
function seconds(looks: Look[]): Second[] {
  const line = createTimeline();
  const all = looks.map((look, i) => line.take(look, i / 5));
  return [...all, line.rest()].filter((one) => one !== null);
}
const five = (look: Look) => Array.from({ length: 5 }, () => look);

test("each second is told as soon as it is over, the last one at the end", () => {
  const line = createTimeline();
  const said = Array.from({ length: 12 }, (_, i) => line.take(seen(at(HERE)), i / 5)?.second);
  expect(said.filter((one) => one !== undefined)).toEqual([0, 1]);
  expect(said.indexOf(0)).toBe(5);
  expect(line.rest()?.looks).toBe(2);
  expect(line.rest()).toBeNull();
});

test("a second is read when half of its looks are; else the commonest reason is told", () => {
  const [read, dark, gone] = seconds([
    ...[seen(at(HERE)), seen(at(HERE)), seen(at(HERE)), nobody, nobody],
    ...[unread("dark"), unread("dark"), unread("blurred"), seen(at(HERE)), seen(at(HERE))],
    ...five(nobody),
  ]);
  expect(read).toMatchObject({ looks: 5, read: 3, why: null });
  expect(read?.reading?.confidence).toBeCloseTo((0.9 * 3) / 5, 6);
  expect(dark).toMatchObject({ read: 2, reading: null, why: "dark" });
  expect(gone).toMatchObject({ read: 0, faces: 0, reading: null, why: "nobody" });
});

test("the same person is followed though another comes nearer", () => {
  const me = at(HERE, faceOf({ happy: 1 }));
  const other = at(THERE, faceOf({ sad: 1 }));
  const [first, second] = seconds([
    ...[seen(me), ...Array.from({ length: 4 }, () => seen(other, me))],
    ...five(seen(other)),
  ]);
  expect(first?.reading?.expression).toBe("happy");
  expect(first?.faces).toBe(2);
  expect(second?.reading?.expression).toBe("sad"); // whoever that was has gone
});

test("who moves from one look to the next is followed all the same", () => {
  const walk = Array.from({ length: 5 }, (_, i) =>
    seen(at([100 + 60 * i, 100, 200, 200], faceOf({ happy: 1 })), at(THERE, faceOf({ sad: 1 }))),
  );
  walk[0] = seen(at(HERE, faceOf({ happy: 1 })));
  expect(seconds(walk)[0]?.reading?.expression).toBe("happy");
});

test("a second is blended as the command line blends it", () => {
  const told = blended(
    [
      faceOf({ happy: 0.7, neutral: 0.3 }, 0.9),
      faceOf({ sad: 0.6, neutral: 0.2, fear: 0.2 }, 0.4),
      faceOf({ happy: 1 }, 1),
    ],
    5,
  );
  // affetto.senses.timeline.blended, given the same three of five looks
  expect(told.valence).toBeCloseTo(0.486043, 5);
  expect(told.arousal).toBeCloseTo(0.35413, 5);
  expect(told.covariance[0]).toBeCloseTo(0.3244, 5);
  expect(told.covariance[1]).toBeCloseTo(0.125032, 5);
  expect(told.covariance[2]).toBeCloseTo(0.119052, 5);
  expect(told.confidence).toBeCloseTo(0.326, 5);
  expect(told.probabilities.happy).toBeCloseTo(0.708696, 5);
});

test("seconds of which the same is told are one stretch, unless one is missing between", () => {
  const happy = five(seen(at(HERE)));
  const all = seconds([...happy, ...happy, ...five(nobody), ...happy]);
  const tell = ({ reading, why }: Second) => reading?.expression ?? why ?? "";
  expect(stretches(all, tell).map(({ told, from, to }) => [told, from, to])).toEqual([
    ["happy", 0, 2],
    ["nobody", 2, 3],
    ["happy", 3, 4],
  ]);
  expect(stretches([all[0] as Second, all[3] as Second], tell)).toHaveLength(2);
});
