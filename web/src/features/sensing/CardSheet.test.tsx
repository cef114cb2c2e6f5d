import { cleanup, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import type { Model } from "@/api/types";
import { model } from "@/testing";
import { CardSheet } from "./CardSheet";

function show(more: Partial<Model> = {}, tookMs: number | null = null): string {
  cleanup();
  render(<CardSheet model={model(more)} tookMs={tookMs} onClose={() => {}} />);
  return screen.getByRole("dialog", { hidden: true }).textContent ?? "";
}

test("how often it is right is said plainly, with its interval, and without twins", () => {
  const words = show();
  expect(words).toContain("Right about 7 times in 10, on photos that people themselves disagree");
  expect(words).toContain("71.2 % of 1,234 photos");
  expect(words).toContain("68.6 % and 73.7 %");
  expect(words).toContain("TestSet without twins: 70.0 % of 1,000.");
});

test("agreement, calibration and each expression are told from the card", () => {
  const words = show();
  expect(words).toContain("It says what most people say about 8 times in 10.");
  expect(words).toContain("82.9 % of 1,100 photos");
  expect(words).toContain("How sure it says it is fits how often it is right.");
  expect(words).toContain("2.1 in 100 apart");
  expect(words).toContain("ECE 0.021");
  expect(screen.getAllByText(/^(happy|sad)$/).map((one) => one.textContent)).toEqual([
    "happy",
    "sad",
  ]);
  expect(words).toContain("macro-F1 0.650");
});

test("what is badly calibrated is not called true to its word", () => {
  const [first] = model().scores;
  if (!first) throw new Error("no scores");
  expect(show({ scores: [{ ...first, ferplus_ece: 0.2 }] })).toContain("often does not fit");
});

test("it says that an expression is not a feeling, and what it cannot do", () => {
  const words = show();
  expect(words).toContain("An expression is not a feeling");
  expect(words).toContain("turned away, plainly covered, too dark, too blurred or too small");
  expect(words).toContain("Photos of two people.");
  expect(words).toContain("Licence: Apache-2.0");
});

test("groups of people are as the card says, or not available", () => {
  expect(show()).toContain("Not available: its card has no figures for groups of people.");
  expect(show({ groups: "Not measured: nobody was asked." })).toContain("nobody was asked");
});

test("size and speed: of the file, of the card, of the last picture", () => {
  expect(show()).toContain("2.6 MB.");
  const words = show({ cpu_ms: 2.14 }, 13.6);
  expect(words).toContain("One face takes 2.1 ms on one processor core.");
  expect(words).toContain("The last picture took 14 ms here.");
});

test("a card without figures claims nothing", () => {
  const words = show({ scores: [] });
  expect(words).toContain("gives no figures, so nothing is claimed");
  expect(words).not.toMatch(/times in 10| %|NaN/);
});
