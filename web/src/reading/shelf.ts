/**
 * One engine for whoever needs it: opened once, shared, and let go when nobody looks.
 *
 * An engine that died is replaced at the next asking, not kept.
 */
import type { Engine, EngineParts } from "./engine";

export interface Shelf {
  /** The engine, opened if need be; everybody who waits is told how far it is. */
  take(onProgress?: (share: number, bytes: number) => void): Promise<Engine>;
  /** It is not needed just now; after a while its memory is given back. */
  putBack(): void;
  /** Give its memory back at once. */
  close(): void;
}

export type OpenEngine = (parts: EngineParts) => Promise<Engine>;

/** How long an engine that nobody uses is kept: a camera is soon switched on again. */
const IDLE_MS = 60_000;

export function createShelf(open: OpenEngine, idleMs = IDLE_MS): Shelf {
  let engine: Promise<Engine> | null = null;
  let opened: Engine | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const hearers = new Set<(share: number, bytes: number) => void>();

  function close() {
    clearTimeout(idle);
    const closing = engine;
    engine = null;
    opened = null;
    void closing?.then(
      (one) => one.close(),
      () => undefined,
    );
  }

  return {
    async take(onProgress) {
      clearTimeout(idle);
      if (opened?.over()) close();
      if (onProgress) hearers.add(onProgress);
      if (!engine) {
        const opening = open({
          onProgress(share, bytes) {
            for (const hear of hearers) hear(share, bytes);
          },
        });
        engine = opening;
        opening.then(
          (one) => {
            if (engine === opening) opened = one;
          },
          () => {
            if (engine === opening) engine = null; // the next asking tries anew
          },
        );
      }
      try {
        return await engine;
      } finally {
        if (onProgress) hearers.delete(onProgress);
      }
    },
    putBack() {
      clearTimeout(idle);
      idle = setTimeout(close, idleMs);
    },
    close,
  };
}
