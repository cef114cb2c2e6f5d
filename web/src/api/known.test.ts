import { beforeEach, expect, test } from "vitest";
import { fakeServer } from "@/testing";
import { keepKnown, known } from "./known";
import type { Consent } from "./types";

const consent = (sensor: Consent["sensor"], given: boolean): Consent => ({
  sensor,
  version: "1",
  given,
  at: "2026-11-22T00:00:00Z",
});
const house = () => fakeServer().api.house();

beforeEach(() => localStorage.clear());

test("whoever agreed to the camera reads on without the server", async () => {
  const before = { house: await house(), consents: [consent("camera", true)] };
  keepKnown(before);
  expect(known()).toEqual(before);
});

test("without an agreement nothing is kept, and taking it back removes what was", async () => {
  keepKnown({ house: await house(), consents: [consent("camera-server", true)] });
  expect(known()).toBeNull();
  keepKnown({ house: await house(), consents: [consent("camera", true)] });
  keepKnown({ house: await house(), consents: [consent("camera", false)] });
  expect(known()).toBeNull();
  expect(localStorage.length).toBe(0);
});

test("what cannot be made out counts as nothing", () => {
  localStorage.setItem("affetto-known", "{torn");
  expect(known()).toBeNull();
});
