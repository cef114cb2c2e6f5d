import { expect, test } from "vitest";
import type { Achieved, Planned, Point } from "@/api/types";
import { aim, session } from "@/testing";
import { underWay } from "./journey";

const WAY: Point[] = [
  { valence: -0.6, arousal: 0.6 },
  { valence: 0.5, arousal: -0.6 },
];
const step = { at: "2026-11-21T12:00:00Z", target: null, track: null, place: null };

test("without a way that was drawn nobody is under way", () => {
  expect(underWay(null)).toBeNull();
  expect(underWay(session({ aim: aim({ goal: "calm", minutes: 30 }) }))).toBeNull();
});

test("the song that plays is counted among those that were and those to come", () => {
  const heard: Achieved = { ...step, track: "demo:one", mood: null };
  const planned: Planned = step;
  const under = underWay(
    session({
      aim: aim({ way: WAY, minutes: 30 }),
      achieved: [heard, heard],
      plan: [planned, planned, planned],
    }),
  );
  expect(under).toEqual({ way: WAY, minutes: 30, step: 3, steps: 5 });
});
