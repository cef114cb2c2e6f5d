/** The library as pages fetched when they come into sight; older answers are dropped. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "@/api/client";
import type { Track, Tracks } from "@/api/types";

export const PAGE = 100;

export interface Shelf {
  /** Null until the first answer. */
  readonly total: ReadonlySignal<number | null>;
  readonly failed: ReadonlySignal<Error | null>;
  /** Grows with every page that came in. */
  readonly version: ReadonlySignal<number>;
  /** The state of the library that the last page was taken from. */
  readonly edition: ReadonlySignal<string | undefined>;
  track(index: number): Track | undefined;
  /** Where in the whole library the track at `index` stands. */
  row(index: number): number | undefined;
  look(words: string): void;
  /** Ask again for what is in sight; until it comes, what is known stays. */
  renew(): void;
  sight(first: number, last: number): void;
}

export function createShelf(api: Pick<Api, "tracks">): Shelf {
  const total = signal<number | null>(null);
  const failed = signal<Error | null>(null);
  const version = signal(0);
  const edition = signal<string | undefined>(undefined);
  let words = "";
  let looking = 0;
  let pages = new Map<number, Tracks | "asked">();
  let before: typeof pages = new Map(); // shown until the same pages come anew
  let inSight: [number, number] = [0, 0];

  function held(index: number): Tracks | undefined {
    const at = Math.floor(index / PAGE);
    const page = pages.get(at);
    if (page !== undefined && page !== "asked") return page;
    const old = before.get(at);
    return old === "asked" ? undefined : old;
  }

  async function fetchPage(page: number) {
    const mine = looking;
    pages.set(page, "asked");
    try {
      const found = await api.tracks(words, page * PAGE, PAGE);
      if (mine !== looking) return;
      pages.set(page, found);
      edition.value = found.edition;
      total.value = found.total;
      failed.value = null;
      version.value += 1;
    } catch (error) {
      if (mine !== looking) return;
      pages.delete(page);
      failed.value = error as Error;
    }
  }

  function fetchSight() {
    for (let page = Math.floor(inSight[0] / PAGE); page <= Math.floor(inSight[1] / PAGE); page++)
      if (!pages.has(page)) void fetchPage(page);
  }

  return {
    total,
    failed,
    version,
    edition,
    track: (index) => held(index)?.tracks[index % PAGE],
    row: (index) => held(index)?.rows?.[index % PAGE],
    look(wanted) {
      words = wanted;
      looking += 1;
      pages = new Map();
      before = new Map();
      inSight = [0, 0];
      fetchSight();
    },
    renew() {
      looking += 1;
      before = new Map([...before, ...pages].filter(([, page]) => page !== "asked"));
      pages = new Map();
      fetchSight();
    },
    sight(first, last) {
      inSight = [first, last];
      fetchSight();
    },
  };
}
