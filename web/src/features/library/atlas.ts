/** The map of the library, fetched anew when the library has changed. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "@/api/client";
import type { LibraryMap, Track } from "@/api/types";
import { type Dots, dotsOf } from "./dots";

export interface Atlas {
  /** Null until the first answer. */
  readonly map: ReadonlySignal<LibraryMap | null>;
  readonly dots: ReadonlySignal<Dots | null>;
  readonly failed: ReadonlySignal<Error | null>;
  /** Fetch it; an answer that says the same changes nothing. */
  look(): Promise<void>;
  /** Somebody was told of this edition of the library. */
  heard(edition: string | undefined): void;
  /** The track in a row; null when it cannot be had, or the library changed meanwhile. */
  track(row: number): Promise<Track | null>;
}

export function createAtlas(api: Pick<Api, "libraryMap" | "tracks">): Atlas {
  const map = signal<LibraryMap | null>(null);
  const failed = signal<Error | null>(null);
  let looking: Promise<void> | null = null;
  let known = new Map<number, Track>();

  async function fetchMap() {
    try {
      const found = await api.libraryMap();
      failed.value = null;
      if (found.edition === map.value?.edition) return;
      known = new Map();
      map.value = found;
    } catch (error) {
      failed.value = error as Error;
    }
  }

  function look(): Promise<void> {
    looking ??= fetchMap().finally(() => {
      looking = null;
    });
    return looking;
  }

  return {
    map,
    dots: computed(() => map.value && dotsOf(map.value)),
    failed,
    look,
    heard(edition) {
      if (edition && map.value && edition !== map.value.edition) void look();
    },
    async track(row) {
      const held = known.get(row);
      if (held) return held;
      const edition = map.value?.edition;
      try {
        const { edition: theirs, tracks } = await api.tracks("", row, 1);
        const found = tracks[0];
        if (theirs !== edition || edition !== map.value?.edition || !found) {
          void look(); // the rows are those of another edition
          return null;
        }
        known.set(row, found);
        return found;
      } catch {
        return null; // the list says that the server is away
      }
    },
  };
}
