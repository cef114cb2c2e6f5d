/**
 * All words of the page: what a translation has to have.
 *
 * A feature that brings words of its own adds a line here, by the name it gave to
 * `spoken`; then every language without them is a type error.
 */
import type { words as connections } from "@/features/connections/connectionsWords";
import type { words as five } from "@/features/five/fiveWords";
import type { words as guide } from "@/features/guide/guideWords";
import type { words as history } from "@/features/history/historyWords";
import type { words as learned } from "@/features/learned/learnedWords";
import type { words as library } from "@/features/library/libraryWords";
import type { words as lists } from "@/features/lists/listsWords";
import type { words as map } from "@/features/mood/mapWords";
import type { words as offline } from "@/features/offline/offlineWords";
import type { words as player } from "@/features/player/playerWords";
import type { words as playlistDoor } from "@/features/playlists/doorWords";
import type { words as playlists } from "@/features/playlists/playlistsWords";
import type { words as queue } from "@/features/queue/queueWords";
import type { card } from "@/features/sensing/cardWords";
import type { words as settings } from "@/features/settings/settingsWords";
import type { words as spotify } from "@/features/spotify/spotifyWords";
import type { words as table } from "@/features/table/tableWords";
import type { words as views } from "@/features/views/viewsWords";
import type { words as why } from "@/features/why/whyWords";
import type { texts } from "@/texts";
import type { Heard } from "./heard";
import type { say } from "./say";

/** The same shape, whatever the words: a phrase that may say this or that may say anything. */
export type Said<T> = T extends string
  ? string
  : T extends (...gaps: infer Gaps) => infer Phrase
    ? (...gaps: Gaps) => Said<Phrase>
    : T extends readonly (infer One)[]
      ? Said<One>[]
      : T extends object
        ? { [Key in keyof T]: Said<T[Key]> }
        : T;

export interface Catalogue {
  texts: Said<typeof texts>;
  card: Said<typeof card>;
  connections: Said<typeof connections>;
  five: Said<typeof five>;
  guide: Said<typeof guide>;
  /** What the server says: it has no English of the page's own. */
  heard: Heard;
  history: Said<typeof history>;
  learned: Said<typeof learned>;
  library: Said<typeof library>;
  lists: Said<typeof lists>;
  map: Said<typeof map>;
  player: Said<typeof player>;
  playlistDoor: Said<typeof playlistDoor>;
  playlists: Said<typeof playlists>;
  queue: Said<typeof queue>;
  say: Said<typeof say>;
  offline: Said<typeof offline>;
  settings: Said<typeof settings>;
  spotify: Said<typeof spotify>;
  table: Said<typeof table>;
  views: Said<typeof views>;
  why: Said<typeof why>;
}
