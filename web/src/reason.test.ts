import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { speak } from "./languages/language";
import { reasonFor } from "./reason";
import { track } from "./testing";
import { texts } from "./texts";

const choice = (terms: { name: string; amount: number }[], of = track("Low Tide")) => ({
  track: of,
  because: "Warm and gentle, close to how you feel.",
  target: { valence: 0, arousal: 0 },
  instead: "",
  terms,
  pinned: false,
});

afterEach(() => speak("en"));

test("in English the reason is the server's own sentence", () => {
  expect(reasonFor(choice([{ name: "taste", amount: 1 }]))).toBe(
    "Warm and gentle, close to how you feel.",
  );
});

test("elsewhere it is told from the two strongest terms that speak for the track", async () => {
  await speak("de");
  const terms = [
    { name: "artist", amount: -2 },
    { name: "nearer", amount: 1 },
    { name: "taste", amount: 0.5 },
    { name: "novelty", amount: 0.4 },
  ];
  expect(reasonFor(choice(terms))).toBe(
    "Recht angenehm, ruhig. Am meisten zählte: es führt dorthin, wohin du möchtest und es ist deine Art Musik.",
  );
});

test("a track that was picked or never heard is called so", async () => {
  await speak("de");
  expect(reasonFor(choice([]))).toBe("Dieses hast du selbst gewählt.");
  const unheard = track("New", { valence: null, arousal: null });
  expect(reasonFor(choice([{ name: "variety", amount: -1 }], unheard))).toBe(
    "Dieses haben wir noch nicht angehört.",
  );
});

test("every term of the score can be said", () => {
  const [, docs = ""] = readFileSync("../src/affetto/recommending/scoring.py", "utf8").split('"""');
  const names = [...docs.matchAll(/^ {4}(\w+) {2,}/gm)].map(([, name]) => name as string);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(texts.because.terms, name).toHaveProperty(name);
});
