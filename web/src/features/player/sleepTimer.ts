/**
 * Falling silent by itself: in so many minutes, or when the track that plays is over.
 *
 * The last half minute is turned down gently. The time is kept by the clock, so a machine
 * that slept past it wakes to silence; a page opened again goes on counting.
 */
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Listening } from "@/listening";

export type Until = { at: number } | "end"; // ms since 1970, or the end of the track

export interface SleepTimer {
  /** When it falls silent; null: not by itself. */
  readonly until: ReadonlySignal<Until | null>;
  /** Minutes left, counted up; null without a time. */
  readonly minutes: ReadonlySignal<number | null>;
  after(minutes: number): void;
  atEnd(): void;
  off(): void;
}

export interface SleepParts {
  listening: Pick<Listening, "pause" | "last" | "sound">;
  /** Silence has come. */
  onOver(): void;
  storage?: () => Pick<Storage, "getItem" | "setItem" | "removeItem">;
  now?: () => number;
}

export const FADE_S = 30;
/** The end of a track is turned down for less: it may have an end of its own. */
export const END_FADE_S = 8;
const KEPT_AS = "affetto-sleep";

export function createSleepTimer({
  listening,
  onOver,
  storage = () => sessionStorage,
  now = Date.now,
}: SleepParts): SleepTimer {
  const { last, pause, sound } = listening;
  const until = signal<Until | null>(null);
  const minutes = signal<number | null>(null);
  let fading = false;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function keep(at: number | null) {
    try {
      if (at === null) storage().removeItem(KEPT_AS);
      else storage().setItem(KEPT_AS, String(at));
    } catch {
      // storage is closed to us; it lasts as long as the page
    }
  }

  function set(wish: Until | null) {
    clearInterval(ticking);
    if (fading) sound.dim(1, 0.5);
    fading = false;
    batch(() => {
      until.value = wish;
      last.value = wish === "end";
    });
    const at = wish !== null && wish !== "end" ? wish.at : null;
    keep(at);
    minutes.value = null;
    if (at === null) return;
    ticking = setInterval(() => count(at), 1000);
    count(at);
  }

  function count(at: number) {
    const left = (at - now()) / 1000;
    if (left <= 0) {
      pause();
      set(null);
      onOver();
      return;
    }
    minutes.value = Math.ceil(left / 60);
    if (left <= FADE_S && !fading) {
      fading = true;
      sound.dim(0, left);
    }
  }

  effect(() => {
    if (until.value !== "end") return;
    if (!last.value) {
      set(null); // the track is over
      onOver();
      return;
    }
    const left = sound.duration.value - sound.position.value;
    const near = sound.duration.value > 0 && left <= END_FADE_S;
    if (near === fading) return;
    fading = near;
    sound.dim(near ? 0 : 1, near ? left : 0.5); // somebody may seek back, or go on
  });

  try {
    const at = Number(storage().getItem(KEPT_AS));
    if (at > now()) set({ at });
  } catch {
    // storage is closed to us
  }
  return {
    until,
    minutes,
    after: (wanted) => set({ at: now() + wanted * 60_000 }),
    atEnd: () => set("end"),
    off: () => set(null),
  };
}
