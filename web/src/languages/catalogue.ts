/**
 * All words of the page: what a translation has to have.
 *
 * A feature that brings words of its own adds a line here, by the name it gave to
 * `spoken`; then every language without them is a type error.
 */
import type { words as guide } from "@/features/guide/guideWords";
import type { words as learned } from "@/features/learned/learnedWords";
import type { words as library } from "@/features/library/libraryWords";
import type { card } from "@/features/sensing/cardWords";
import type { words as settings } from "@/features/settings/settingsWords";
import type { words as why } from "@/features/why/whyWords";
import type { texts } from "@/texts";
import type { say } from "./say";

export interface Catalogue {
  texts: typeof texts;
  card: typeof card;
  guide: typeof guide;
  learned: typeof learned;
  library: typeof library;
  say: typeof say;
  settings: typeof settings;
  why: typeof why;
}
