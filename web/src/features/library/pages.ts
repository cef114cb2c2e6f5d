/** The library as pages fetched when they come into sight; older answers are dropped. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "@/api/client";
import type { Track } from "@/api/types";

export const PAGE = 100;

export interface Shelf {
  /** Null until the first answer. */
  readonly total: ReadonlySignal<number | null>;
  readonly failed: ReadonlySignal<Error | null>;
  /** Grows with every page that came in. */
  readonly version: ReadonlySignal<number>;
  track(index: number): Track | undefined;
  look(words: string): void;
  sight(first: number, last: number): void;
}

export function createShelf(api: Pick<Api, "tracks">): Shelf {
  const total = signal<number | null>(null);
  const failed = signal<Error | null>(null);
  const version = signal(0);
  let words = "";
  let looking = 0;
  let pages = new Map<number, Track[] | "asked">();

  async function fetchPage(page: number) {
    const mine = looking;
    pages.set(page, "asked");
    try {
      const found = await api.tracks(words, page * PAGE, PAGE);
      if (mine !== looking) return;
      pages.set(page, found.tracks);
      total.value = found.total;
      failed.value = null;
      version.value += 1;
    } catch (error) {
      if (mine !== looking) return;
      pages.delete(page);
      failed.value = error as Error;
    }
  }

  return {
    total,
    failed,
    version,
    track(index) {
      const page = pages.get(Math.floor(index / PAGE));
      return Array.isArray(page) ? page[index % PAGE] : undefined;
    },
    look(wanted) {
      words = wanted;
      looking += 1;
      pages = new Map();
      void fetchPage(0);
    },
    sight(first, last) {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++)
        if (!pages.has(page)) void fetchPage(page);
    },
  };
}
