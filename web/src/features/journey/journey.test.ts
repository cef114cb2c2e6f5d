import { expect, test } from "vitest";
import type { Achieved, Planned, Point } from "@/api/types";
import { aim, choice, session } from "@/testing";
import { planOf, underWay } from "./journey";

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
  expect(under).toEqual({ way: WAY, minutes: 30, step: 3, steps: 5, arrived: false });
});

test("songs that only stay at the end are no part of the way, and at the end one has arrived", () => {
  const [from, to] = WAY as [Point, Point];
  const heard: Achieved = { ...step, track: "demo:one", mood: null };
  const toward = (target: Point): Planned => ({ ...step, target });
  const near = session({
    aim: aim({ way: WAY, minutes: 30 }),
    achieved: [heard],
    plan: [toward(from), toward(to), toward(to), toward(to)],
  });
  expect(underWay(near)).toMatchObject({ step: 2, steps: 3, arrived: false });
  const there = { ...near, achieved: [heard, heard], plan: [toward(to), toward(to)] };
  expect(underWay(there)).toMatchObject({ step: 3, steps: 3, arrived: true });
});

test("the plan names the songs that are chosen, and says when each begins", () => {
  const at = (minute: number) => `2026-11-21T12:0${minute}:00Z`;
  const plan = planOf(
    session({
      aim: aim({ way: WAY, minutes: 30 }),
      playing: choice("One"),
      queue: [choice("Two")],
      plan: [
        { ...step, at: at(0), track: "demo:One" },
        { ...step, at: at(3), track: "demo:Two" },
        { ...step, at: at(7) },
      ],
    }),
  );
  expect(plan.map(({ minutes, title }) => [minutes, title])).toEqual([
    [0, "One"],
    [3, "Two"],
    [7, null],
  ]);
});
