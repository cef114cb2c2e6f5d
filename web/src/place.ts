/**
 * How far into its track this page was, so that opening it again goes on there.
 *
 * One track, in whole seconds, for as long as the tab lives; a storage that is closed
 * to the page only means that a track begins at its beginning.
 */
export interface Place {
  keep(track: string, seconds: number): void;
  /** Seconds into `track`; 0 when another track was kept, or none. */
  of(track: string): number;
}

const KEPT_AS = "affetto-place";

/** `open` gives the storage; a browser may throw at the mere asking. */
export function createPlace(open: () => Pick<Storage, "getItem" | "setItem">): Place {
  return {
    keep(track, seconds) {
      try {
        open().setItem(KEPT_AS, JSON.stringify({ track, seconds }));
      } catch {
        // nothing is kept, and nothing else is lost
      }
    },
    of(track) {
      try {
        const found = JSON.parse(open().getItem(KEPT_AS) ?? "{}");
        return found.track === track && found.seconds > 0 ? found.seconds : 0;
      } catch {
        return 0;
      }
    },
  };
}

/** Keeps nothing. */
export const NOWHERE: Place = { keep() {}, of: () => 0 };
