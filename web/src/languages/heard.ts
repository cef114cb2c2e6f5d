/**
 * What the server says, in the language of the moment.
 *
 * The server speaks English, in sentences that `tools/sentences.py` gathers from its source;
 * a language has every one of them, with `{0}` for what varies. A sentence is found by itself:
 * nothing of this crosses the wire, what was kept long ago is understood, too, and what
 * nobody translated, such as a plug-in's own words, stays as it is.
 */
import { catalogue } from "./language";
import type english from "./sentences.json";

/** A phrase with its gaps, or what makes it of the words in them. */
type Phrase = string | ((...gaps: string[]) => string);

export interface Heard {
  sentences: Record<keyof typeof english, Phrase>;
  /** What stands in a gap and is no sentence of ours: a name, a number, a strange word. */
  gap(words: string): string;
}

/** How a sentence may be understood: the words for it, and how many letters that explains. */
interface Understood {
  words: string;
  letters: number;
}

/** The sentences of one language, ready to be found. */
interface Shelf {
  plain: Map<string, Phrase>;
  gapped: { shape: RegExp; letters: number; phrase: Phrase }[];
  found: Map<string, Understood | null>;
}

const GAP = /\{\d+\}/;
const shelves = new WeakMap<Heard, Shelf>();

/** What the server said, as the listener reads it. */
export function heard(said: string): string {
  const language = catalogue.value?.heard;
  if (!language || !said) return said;
  return understood(said, language)?.words ?? language.gap(said);
}

function shelfOf(language: Heard): Shelf {
  const known = shelves.get(language);
  if (known) return known;
  const shelf: Shelf = { plain: new Map(), gapped: [], found: new Map() };
  for (const [sentence, phrase] of Object.entries(language.sentences)) {
    const parts = sentence.split(GAP);
    if (parts.length === 1) shelf.plain.set(sentence, phrase);
    else {
      const literal = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
      const shape = new RegExp(`^${literal.join("(.*?)")}$`, "su");
      shelf.gapped.push({ shape, letters: parts.join("").length, phrase });
    }
  }
  shelves.set(language, shelf);
  return shelf;
}

/** Of all readings of what was said the one that explains most of it; null: there is none. */
function understood(said: string, language: Heard): Understood | null {
  const { plain, gapped, found } = shelfOf(language);
  const phrase = plain.get(said);
  if (phrase !== undefined) return { words: filled(phrase, []), letters: said.length };
  const before = found.get(said);
  if (before !== undefined) return before;
  let best: Understood | null = null;
  const offer = (one: Understood) => {
    if (!best || one.letters > best.letters) best = one;
  };
  for (const { shape, letters, phrase } of gapped) {
    const gaps = shape
      .exec(said)
      ?.slice(1)
      .map((gap) => inGap(gap, language));
    if (gaps)
      offer({
        words: filled(
          phrase,
          gaps.map(({ words }) => words),
        ),
        letters: gaps.reduce((all, gap) => all + gap.letters, letters),
      });
  }
  // Several sentences, or one that stands in others without its full stop.
  for (let at = said.indexOf(". "); at >= 0; at = said.indexOf(". ", at + 1)) {
    const first = understood(said.slice(0, at + 1), language);
    const rest = first && inGap(said.slice(at + 2), language);
    if (rest)
      offer({ words: `${first.words} ${rest.words}`, letters: first.letters + rest.letters });
  }
  const bare = said.endsWith(".") ? understood(said.slice(0, -1), language) : null;
  if (bare) offer({ words: `${bare.words}.`, letters: bare.letters });
  found.set(said, best);
  return best;
}

const inGap = (words: string, language: Heard): Understood =>
  understood(words, language) ?? { words: words && language.gap(words), letters: 0 };

const filled = (phrase: Phrase, gaps: string[]) =>
  typeof phrase === "string"
    ? phrase.replace(/\{(\d+)\}/g, (_, at: string) => gaps[Number(at)] ?? "")
    : phrase(...gaps);
