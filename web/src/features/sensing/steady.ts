/**
 * What is shown of a picture that is looked at twice a second, without flicker.
 *
 * A face that could be read is shown at once. Nobody there, or a face in doubt, is
 * believed only when what is shown now has not been seen for a while: a head that turns
 * for a moment, or a lens that gets used to the light, is no news.
 */
import type { Seen } from "./camera";

export const HOLD_MS = 1500;

export interface Steady {
  /** What to show after this look; null while it is too early to say anything. */
  take(news: Seen): Seen | null;
  forget(): void;
}

export function createSteady(now: () => number = () => performance.now()): Steady {
  let shown: Seen | null = null;
  let lastAt: number | null = null; // when what is shown was last seen
  return {
    take(news) {
      const at = now();
      lastAt ??= at;
      const same = shown !== null && kind(shown) === kind(news);
      if (same || news.face || news.problem || at - lastAt >= HOLD_MS) {
        shown = news;
        lastAt = at;
      }
      return shown;
    },
    forget() {
      shown = null;
      lastAt = null;
    },
  };
}

/** Two looks of one kind are answered with the same words. */
function kind({ face, unread, problem, light }: Seen): string {
  if (face) return "face";
  if (problem) return "problem";
  return unread[0]?.doubt ?? `nobody, light ${light}`;
}
