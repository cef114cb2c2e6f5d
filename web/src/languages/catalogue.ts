/**
 * All words of the page: what a translation has to have.
 *
 * A feature that brings words of its own adds a line here, by the name it gave to
 * `spoken`; then every language without them is a type error.
 */
import type { words as five } from "@/features/five/fiveWords";
import type { words as guide } from "@/features/guide/guideWords";
import type { words as history } from "@/features/history/historyWords";
import type { words as learned } from "@/features/learned/learnedWords";
import type { words as library } from "@/features/library/libraryWords";
import type { words as lists } from "@/features/lists/listsWords";
import type { words as player } from "@/features/player/playerWords";
import type { card } from "@/features/sensing/cardWords";
import type { words as offline } from "@/features/offline/offlineWords";
import type { words as settings } from "@/features/settings/settingsWords";
import type { words as table } from "@/features/table/tableWords";
import type { words as views } from "@/features/views/viewsWords";
import type { words as why } from "@/features/why/whyWords";
import type { texts } from "@/texts";
import type { say } from "./say";

export interface Catalogue {
  texts: typeof texts;
  card: typeof card;
  five: typeof five;
  guide: typeof guide;
  history: typeof history;
  learned: typeof learned;
  library: typeof library;
  lists: typeof lists;
  player: typeof player;
  say: typeof say;
  offline: typeof offline;
  settings: typeof settings;
  table: typeof table;
  views: typeof views;
  why: typeof why;
}
