/**
 * How often to look: ten times a second where the device can, once where it is weak.
 *
 * A look may take a third of the time at most; the rest is the music's, the page's and
 * the battery's. One look that hung says little, so what counts is a running mean.
 */
export const FASTEST_MS = 100;
export const SLOWEST_MS = 1000;
const SHARE = 1 / 3;
const MEMORY = 0.8;

export interface Pace {
  /** Milliseconds from the beginning of a look that took `ms` to that of the next. */
  after(ms: number): number;
  forget(): void;
}

export function createPace(fastestMs = FASTEST_MS, slowestMs = SLOWEST_MS): Pace {
  let mean: number | null = null;
  return {
    after(ms) {
      mean = mean === null ? ms : MEMORY * mean + (1 - MEMORY) * ms;
      return Math.min(slowestMs, Math.max(fastestMs, mean / SHARE));
    },
    forget() {
      mean = null;
    },
  };
}
