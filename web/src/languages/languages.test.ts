/** Every language says everything, and in its own words. */
import { expect, test } from "vitest";
import { ar } from "./ar";
import type { Catalogue } from "./catalogue";
import { de } from "./de";
import { ENGLISH } from "./spoken";

/** Names, keys and what is typed: the same in every language. */
const NAMES = /^(affetto|affetto library scan ~\/Music|YouTube|Spotify|Affetto|Esc Esc|[A-Z])$/;
const isName = (phrase: string) => {
  const bare = phrase.replace(/a word|[\d.]+/gi, "").trim();
  return !/\p{L}/u.test(bare) || NAMES.test(bare);
};
/** Words that are the same in English and German, and right in both. */
const ALIKE = new Set(["Name", "Tempo", "Genre", "Pause"]);
const ARABIC = /\p{Script=Arabic}/u;
const TRANSLATED: [string, Catalogue][] = [
  ["de", de],
  ["ar", ar],
];

// Whatever hands over words, so that ENGLISH has them all.
const WITH_WORDS = import.meta.glob(["../texts.ts", "../features/**/*Words.ts", "./say.ts"], {
  eager: true,
});

const IMPORTED = { plays: 9, matched: 4, tracks: 2, artists: 1, bad: 1, bad_lines: [] };
const STATEMENT = { about: "genre", name: "a word", liked: true, mood: "sad" };
const GAPS: unknown[][] = [
  [0.5, 0.5, 0.5, [0.5, 0.5]],
  ["a word", "a word", "a word"],
  [["sound", "tags"]],
  [IMPORTED],
  [STATEMENT],
  ["match"],
  ["a word", 3, 0.5, [0.5, 0.5]],
  [3, "a word", "a word"],
  ["a word", "a word", 3],
  [3, { tense: 2 }],
  [3, 4, "a word"],
];
const FILLED = /^(?!.*(undefined|NaN|object Object|sound,tags)).+/s;

type Phrase = (...gaps: unknown[]) => unknown;

/** A phrase with gaps that it takes; null when it never says anything. */
function filled(phrase: Phrase, english: Phrase): string | null {
  for (const gaps of GAPS)
    try {
      if (!FILLED.test(String(english(...gaps)))) continue;
      const words = phrase(...gaps);
      if (typeof words === "string") return words;
    } catch {
      // it takes another kind
    }
  return null;
}

/** All that is said, by its place; phrases have the gaps filled that the English takes. */
function said(value: unknown, english: unknown, place = ""): [string, string][] {
  if (english === undefined) return []; // of the server's texts
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "function") {
    const words = filled(value as Phrase, english as Phrase);
    if (words === null) throw new Error(`nothing fits ${place}`);
    return [[place, words]];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    said(one, (english as Record<string, unknown>)[key], place ? `${place}.${key}` : key),
  );
}

/** The places of a catalogue, whatever they say. */
function places(value: unknown, place = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [place];
  return Object.keys(value).flatMap((key) =>
    places((value as Record<string, unknown>)[key], place ? `${place}.${key}` : key),
  );
}

/** The parts of a catalogue beside their English; numbers and days have no words, and what the
 * server says has its English there. */
function parts(catalogue: Catalogue): [string, object, object][] {
  return Object.entries(catalogue)
    .filter(([name]) => name !== "say" && name !== "heard")
    .map(([name, words]) => [name, words, ENGLISH.get(name) ?? {}]);
}

test.each(TRANSLATED)("%s has a word for everything, and for nothing else", (_, catalogue) => {
  expect(Object.keys(WITH_WORDS).length).toBeGreaterThan(10);
  expect(Object.keys(catalogue).sort()).toEqual([...ENGLISH.keys(), "heard"].sort());
  const own = (place: string) => !place.startsWith("consent.versions"); // of the server's texts
  for (const [name, words, english] of parts(catalogue))
    expect(places(words).filter(own).sort(), name).toEqual(places(english).filter(own).sort());
});

test.each(TRANSLATED)("%s leaves nothing in English", (code, catalogue) => {
  const left: string[] = [];
  let all = 0;
  for (const [name, words, english] of parts(catalogue)) {
    const before = new Map(said(english, english));
    for (const [place, phrase] of said(words, english)) {
      all += 1;
      if (before.get(place) !== phrase || isName(phrase)) continue;
      if (code !== "de" || !ALIKE.has(phrase)) left.push(`${name}.${place}: ${phrase}`);
    }
  }
  expect(left).toEqual([]);
  expect(all).toBeGreaterThan(500);
});

test("what is said in Arabic is written in Arabic", () => {
  const foreign = parts(ar).flatMap(([name, words, english]) =>
    said(words, english)
      .filter(([, phrase]) => !ARABIC.test(phrase) && !isName(phrase))
      .map(([place, phrase]) => `${name}.${place}: ${phrase}`),
  );
  expect(foreign).toEqual([]);
});

test.each(TRANSLATED)("nothing shouts in %s, either", (_, catalogue) => {
  for (const [name, words, english] of parts(catalogue))
    for (const [place, phrase] of said(words, english))
      expect(phrase, `${name}.${place}`).not.toMatch(/[!¡]/);
});
