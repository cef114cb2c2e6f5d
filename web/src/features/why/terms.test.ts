import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { linesOf } from "./terms";
import { words } from "./whyWords";

test("each bar is as long as its term is strong, and what hardly counted has no line", () => {
  expect(
    linesOf([
      { name: "nearer", amount: 1 },
      { name: "taste", amount: -0.25 },
      { name: "artist", amount: 0.025 },
      { name: "novelty", amount: 0.02 },
    ]),
  ).toEqual([
    { name: "nearer", speaks: "for", share: 1 },
    { name: "taste", speaks: "against", share: 0.25 },
    { name: "artist", speaks: "for", share: 0.025 },
  ]);
});

test("a track that one picked has no terms", () => {
  expect(linesOf([])).toEqual([]);
});

test("every term of the score has its words", () => {
  const [, docs = ""] = readFileSync("../src/affetto/recommending/scoring.py", "utf8").split('"""');
  const names = [...docs.matchAll(/^ {4}(\w+) {2,}/gm)].map(([, name]) => name as string);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(words.each, name).toHaveProperty(name);
});
