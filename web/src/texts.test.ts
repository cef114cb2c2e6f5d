import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { words as learned } from "./features/learned/learnedWords";
import { words as library } from "./features/library/libraryWords";
import { card } from "./features/sensing/cardWords";
import { words as why } from "./features/why/whyWords";
import { placeWords, sureness, texts } from "./texts";

test.each([
  [0.45, -0.4, "fairly pleasant, calm"],
  [0.9, 0.9, "very pleasant, wide awake"],
  [-0.6, 0.5, "fairly unpleasant, tense"],
  [-0.5, -0.4, "fairly unpleasant, low"],
  [0.2, 0, "a little pleasant"],
  [0, 0, "neither pleasant nor unpleasant"],
  [0, -0.9, "neither pleasant nor unpleasant, drowsy"],
])("the place (%d, %d) sounds like “%s”", (valence, arousal, words) => {
  expect(placeWords(valence, arousal)).toBe(words);
});

test("too little confidence has no word", () => {
  expect(sureness(0.9)).toBe("quite sure");
  expect(sureness(0.6)).toBe("fairly sure");
  expect(sureness(0.35)).toBe("not very sure");
  expect(sureness(0.1)).toBeNull();
});

const IMPORTED = { plays: 9, matched: 4, tracks: 2, artists: 1, bad: 1, bad_lines: [] };

/** A phrase with something in its gaps: numbers, a list or a word, whichever it takes. */
function called(phrase: (...parts: unknown[]) => unknown): unknown {
  for (const parts of [[0.5, 0.5, 0.5, [0.5, 0.5]], [["sound", "tags"]], ["a word"], [IMPORTED]])
    try {
      return phrase(...parts);
    } catch {
      // it takes another kind
    }
  throw new Error(`nothing fits ${phrase}`);
}

test("nothing the page says shouts, or says “arousal”", () => {
  const said: string[] = [];
  JSON.stringify([texts, card, library, learned, why], (_, value) => {
    const one = typeof value === "function" ? called(value) : value;
    if (typeof one === "string") said.push(one);
    return typeof value === "function" ? undefined : value;
  });
  expect(said.length).toBeGreaterThan(200);
  expect(said.join("\n")).not.toMatch(/[!]|arousal|valence/i);
});

test("a face in doubt is told in the same words by the page and by the server", () => {
  const server = readFileSync("../src/affetto/senses/face_doubt.py", "utf8");
  for (const [doubt, words] of Object.entries(texts.doubts))
    expect(server).toContain(`"${doubt}": "${words}"`);
});
