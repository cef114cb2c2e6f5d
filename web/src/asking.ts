/**
 * Asking the server: one thing after another, in the order of the clicks.
 *
 * A refusal is handed on to be shown. When nobody answers the server is away: it is
 * knocked at again and again, and the first answer to anything ends the waiting.
 * When the browser loses its network, nothing is asked by itself until that comes back, or
 * until something the listener does is answered: the server may be on this very machine.
 */
import { signal } from "@preact/signals";
import { Away, Refusal } from "./api/client";

export interface AskingParts {
  refused(refusal: Refusal): void;
  /** There was an answer after all; `wasAway`: the first since nobody answered. */
  answered(wasAway: boolean): Promise<void>;
  knock(): void;
  knockEveryMs: number;
  network?: Pick<Window, "addEventListener">;
}

export type Asking = ReturnType<typeof createAsking>;

export function createAsking({
  refused,
  answered,
  knock,
  knockEveryMs,
  network = window,
}: AskingParts) {
  const away = signal(false);
  let line: Promise<void> = Promise.resolve();
  let reached = false; // the work under way had an answer
  let knocking: ReturnType<typeof setTimeout> | undefined;
  let quiet = false;
  let lost = 0; // how often the network went

  network.addEventListener("offline", () => {
    quiet = true;
    lost += 1;
  });
  network.addEventListener("online", () => {
    quiet = false;
    if (away.value) knock();
  });

  /** Do one thing after those before it; a refusal is handed on. */
  function inOrder(work: () => Promise<void>, whenAway?: () => void): Promise<void> {
    const done = line.then(async () => {
      reached = false;
      await heeding(work, whenAway);
      if (!reached) return;
      clearTimeout(knocking);
      const wasAway = away.value;
      away.value = false;
      await answered(wasAway);
    });
    line = done.catch(() => {}); // what comes after it is asked all the same
    return done;
  }

  /** Do it now, as part of what is being done. */
  async function heeding(work: () => Promise<void>, whenAway?: () => void) {
    try {
      await work();
    } catch (error) {
      if (error instanceof Away) {
        whenAway?.();
        lose();
      } else if (error instanceof Refusal) {
        reached = true;
        refused(error);
      } else throw error;
    }
  }

  /** What the server answers; that it answers at all is remembered. */
  async function told<T>(asking: Promise<T>): Promise<T> {
    const before = lost;
    const answer = await asking;
    reached = true;
    if (before === lost) quiet = false; // asked since, so it was not the network
    return answer;
  }

  /** Nobody answers: knock until somebody does. */
  function lose() {
    away.value = true;
    clearTimeout(knocking);
    knocking = setTimeout(() => {
      if (!quiet) knock();
    }, knockEveryMs);
  }

  return {
    away,
    inOrder,
    heeding,
    told,
    lose,
    /** Whether nothing is to be asked that the listener did not ask for. */
    quiet: () => quiet,
    /** Resolves when everything asked so far is answered. */
    settled: () => line,
  };
}
