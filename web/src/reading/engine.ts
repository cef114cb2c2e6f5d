/**
 * The reading of faces on this device: a worker that is opened, asked, and closed.
 *
 * Opening fetches some ten megabytes once and is told as it goes. Every way it can fail
 * has a name, and words for the listener say what still works. A worker that dies or
 * hangs ends the engine; nothing else of the page notices.
 */
import { createApi } from "@/api/client";
import { known } from "@/api/known";
import type { ModelFile } from "@/api/types";
import { texts } from "@/texts";
import { RUNTIME } from "./runtime";
import type { Failure, FromWorker, Seen, Source, ToWorker, WatchOptions } from "./talk";

export type { Failure, Seen, Source } from "./talk";

/** Why there is no engine (any more): what is wrong and what to do, whole sentences. */
export class EngineFailure extends Error {
  readonly problem: string;
  readonly remedy: string;

  constructor(
    readonly kind: Failure,
    why = "",
  ) {
    const { problem, remedy } = texts.engine[kind];
    super(why ? `${problem} (${why})` : problem);
    this.problem = problem;
    this.remedy = remedy;
  }
}

export interface Engine {
  /**
   * Look at one picture; it is handed over, and gone afterwards. Looks are done one after
   * the other: whoever watches a camera asks again only when answered, so that no frame
   * waits and none is stale. Rejects with EngineFailure when the engine is over.
   */
  look(source: Source, options?: WatchOptions): Promise<Seen & { ms: number }>;
  /** Why it is over; null while it lives. */
  readonly over: () => EngineFailure | null;
  close(): void;
}

/** The part of a Worker that is used. */
export interface Helper {
  postMessage(message: ToWorker, handedOver: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface EngineParts {
  /** Told while it is fetched: the share of all that is here, in [0, 1], and its bytes. */
  onProgress?(share: number, bytes: number): void;
  signal?: AbortSignal | undefined;
  models?: () => Promise<readonly ModelFile[]>;
  helper?: () => Helper;
  hasSimd?: () => boolean;
  /** How long the worker may take to show itself, and one look to be answered. */
  showsWithinMs?: number;
  looksWithinMs?: number;
}

const ownHelper = (): Helper =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "reading" });

/** The models the server has; while it is away, those it had. */
const ownModels = async () => {
  const house = await createApi()
    .house()
    .catch((away) => known()?.house ?? Promise.reject(away));
  return house.sensing.models;
};

// (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD is.
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0],
  ...[253, 15, 11],
);

/** Whether this browser can run the nets. */
export function ownSimd(): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(SIMD);
}

/** Open an engine. Rejects with EngineFailure, or with the signal's reason. */
export async function openEngine({
  onProgress = () => {},
  signal,
  models = ownModels,
  helper = ownHelper,
  hasSimd = ownSimd,
  showsWithinMs = 20_000,
  looksWithinMs = 20_000,
}: EngineParts = {}): Promise<Engine> {
  signal?.throwIfAborted();
  if (!hasSimd()) throw new EngineFailure("no-simd");

  let worker: Helper;
  try {
    worker = helper();
  } catch (error) {
    throw new EngineFailure("blocked", String(error));
  }

  interface Asked {
    done(seen: Seen & { ms: number }): void;
    failed(why: unknown): void;
    late: ReturnType<typeof setTimeout>;
  }
  const waiting = new Map<number, Asked>();
  let last = 0;
  let ended: EngineFailure | null = null;

  function end(failure: EngineFailure) {
    if (ended) return;
    ended = failure;
    worker.terminate();
    for (const { failed, late } of waiting.values()) {
      clearTimeout(late);
      failed(failure);
    }
    waiting.clear();
  }

  function answered(id: number): Asked | undefined {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (asked) clearTimeout(asked.late);
    return asked;
  }

  await new Promise<void>((ready, failed) => {
    let isHere = false;
    let files: readonly ModelFile[] | null = null;
    const begin = () => {
      if (isHere && files && !ended)
        worker.postMessage({ do: "open", runtime: RUNTIME, models: files }, []);
    };
    const fail = (failure: EngineFailure) => {
      clearTimeout(late);
      end(failure);
      failed(failure);
    };
    const late = setTimeout(() => fail(new EngineFailure("blocked", "silent")), showsWithinMs);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(late);
        end(new EngineFailure("crashed", "called off"));
        failed(signal.reason);
      },
      { once: true },
    );
    worker.onerror = (event) => {
      event.preventDefault?.();
      fail(new EngineFailure(isHere ? "crashed" : "blocked", event.message ?? ""));
    };
    worker.onmessage = ({ data }) => {
      if (data.say === "here") {
        isHere = true;
        clearTimeout(late);
        begin();
      } else if (data.say === "progress") onProgress(data.share, data.bytes);
      else if (data.say === "ready") ready();
      else if (data.say === "failed") fail(new EngineFailure(data.failure, data.why));
      else if (data.say === "seen") answered(data.id)?.done({ ...data.seen, ms: data.ms });
      else answered(data.id)?.failed(new Error(data.why));
    };
    // What is to be fetched is asked while the worker wakes.
    models().then(
      (told) => {
        files = told;
        if (told.length > 0) begin();
        else fail(new EngineFailure("download", "the server offers no models"));
      },
      (error) => fail(new EngineFailure("download", String(error))),
    );
  });

  return {
    over: () => ended,
    look(source, options = {}) {
      return new Promise((done, failed) => {
        if (ended) {
          if ("close" in source) source.close();
          failed(ended);
          return;
        }
        last += 1;
        const late = setTimeout(() => end(new EngineFailure("crashed", "hung")), looksWithinMs);
        waiting.set(last, { done, failed, late });
        const handed = "close" in source ? source : source.data.buffer;
        worker.postMessage({ do: "look", id: last, source, options }, [handed as Transferable]);
      });
    },
    close: () => end(new EngineFailure("crashed", "closed")),
  };
}
