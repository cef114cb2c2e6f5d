/**
 * One polite voice for screen readers: at most one sentence every ten seconds.
 *
 * What comes in between waits; only the latest waiting sentence is spoken, since an
 * older one is no longer true.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export const QUIET_MS = 10_000;

export interface Announcer {
  readonly spoken: ReadonlySignal<string>;
  say(sentence: string): void;
}

export function createAnnouncer(now: () => number = () => performance.now()): Announcer {
  const spoken = signal("");
  let lastAt = Number.NEGATIVE_INFINITY;
  let waiting: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function speak(sentence: string) {
    spoken.value = sentence;
    lastAt = now();
  }
  return {
    spoken,
    say(sentence) {
      const rest = lastAt + QUIET_MS - now();
      if (rest <= 0) {
        speak(sentence);
        return;
      }
      waiting = sentence;
      if (timer === undefined)
        timer = setTimeout(() => {
          timer = undefined;
          if (waiting !== null) speak(waiting);
          waiting = null;
        }, rest);
    },
  };
}
