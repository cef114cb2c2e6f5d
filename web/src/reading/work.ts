/** The worker's work, apart from being one: opens the reader, then looks when asked. */
import { shownOf } from "./light";
import { FetchFailure, type FetchParts, fetchAll } from "./models";
import type { NeededFile } from "./runtime";
import type { FromWorker, Seen, Source, ToWorker, WatchOptions } from "./talk";
import type { ExpressionCard, FaceReader, Models, Pixels } from "./types";

/** A reader that can also follow a face through a row of pictures. */
export interface FollowingReader extends FaceReader {
  follow(pixels: Pixels, options: WatchOptions): ReturnType<FaceReader["look"]>;
}

export interface WorkParts {
  say(news: FromWorker): void;
  open(runtime: Uint8Array, models: Models): Promise<FollowingReader>;
  /** The pixels of what was handed over, which is let go at once. */
  pixelsOf(source: Source): Pixels;
  fetching?: (files: readonly NeededFile[], parts: FetchParts) => Promise<Map<string, Uint8Array>>;
  now?: () => number;
}

export function createWork({
  say,
  open,
  pixelsOf,
  fetching = fetchAll,
  now = () => performance.now(),
}: WorkParts) {
  let reader: FollowingReader | null = null;
  let line: Promise<void> = Promise.resolve();

  async function begin({ runtime, models }: Extract<ToWorker, { do: "open" }>) {
    try {
      const got = await fetching([runtime, ...models], {
        onProgress: (share, bytes) => say({ say: "progress", share, bytes }),
      });
      const bytesOf = (name: string) => {
        const bytes = got.get(name);
        if (!bytes) throw new FetchFailure("download", name);
        return bytes;
      };
      const card = models.find(({ name }) => name === "expression")?.card;
      if (!card) throw new FetchFailure("download", "expression");
      reader = await open(bytesOf(runtime.name), {
        near: bytesOf("face-detector-near"),
        far: bytesOf("face-detector"),
        expression: bytesOf("expression"),
        card: card as ExpressionCard,
      });
      say({ say: "ready" });
    } catch (error) {
      const failure = error instanceof FetchFailure ? error.kind : "crashed";
      say({ say: "failed", failure, why: String(error) });
    }
  }

  async function look({ id, source, options }: Extract<ToWorker, { do: "look" }>) {
    try {
      if (!reader) throw new Error("The reader is not open.");
      const begun = now();
      const pixels = pixelsOf(source);
      const { follow, ...rest } = options;
      const found = await (follow ? reader.follow(pixels, rest) : reader.look(pixels, rest));
      const seen: Seen = { ...found, shown: shownOf(pixels) };
      say({ say: "seen", id, seen, ms: now() - begun });
    } catch (error) {
      say({ say: "unseen", id, why: String(error) });
    }
  }

  /** One thing after the other. */
  function hear(asked: ToWorker): Promise<void> {
    line = line.then(() => (asked.do === "open" ? begin(asked) : look(asked)));
    return line;
  }
  return { hear };
}
