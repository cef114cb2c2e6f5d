import { expect, test } from "vitest";
import { createPace } from "./pace";

test("a quick device looks ten times a second", () => {
  expect(createPace().after(25)).toBe(100);
});

test("a weak phone looks once a second, and never less often", () => {
  expect(createPace().after(400)).toBe(1000);
  expect(createPace().after(5000)).toBe(1000);
});

test("in between, looking takes a third of the time", () => {
  expect(createPace().after(60)).toBe(180);
});

test("one look that hung slows little, and is soon forgotten", () => {
  const pace = createPace();
  for (let i = 0; i < 10; i += 1) pace.after(20);
  expect(pace.after(200)).toBeLessThan(200);
  for (let i = 0; i < 10; i += 1) pace.after(20);
  expect(pace.after(20)).toBe(100);
});

test("a device that grows tired is spared", () => {
  const pace = createPace();
  pace.after(20);
  for (let i = 0; i < 20; i += 1) pace.after(100);
  expect(pace.after(100)).toBeGreaterThan(280);
});
