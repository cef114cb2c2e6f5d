/** What the page and its worker say to each other. */
import type { ModelFile } from "@/api/types";
import type { NeededFile } from "./runtime";
import type { Look, LookOptions, Pixels } from "./types";

/** What is handed over, never copied: the page has it no more. */
export type Source = ImageBitmap | VideoFrame | Pixels;

/** How a picture lay before the reader: what tells a covered lens from an empty chair. */
export interface Shown {
  readonly width: number;
  readonly height: number;
  /** Mean brightness, [0, 1]. */
  readonly light: number;
  /** Standard deviation of brightness, [0, 0.5]. */
  readonly spread: number;
}

export interface WatchOptions extends LookOptions {
  /** One of a row of pictures: a face may be followed from one to the next. */
  readonly follow?: boolean;
}

export type Seen = Look & { readonly shown: Shown };

/** Why an engine is none. */
export type Failure = "no-simd" | "blocked" | "download" | "corrupt" | "crashed";

export type ToWorker =
  | { do: "open"; runtime: NeededFile; models: readonly ModelFile[] }
  | { do: "look"; id: number; source: Source; options: WatchOptions };

export type FromWorker =
  | { say: "here" }
  | { say: "progress"; share: number; bytes: number }
  | { say: "ready" }
  | { say: "failed"; failure: Failure; why: string }
  | { say: "seen"; id: number; seen: Seen; ms: number }
  | { say: "unseen"; id: number; why: string };
