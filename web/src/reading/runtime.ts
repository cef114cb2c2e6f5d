/** What the page needs to read a face itself, and where it keeps it. */
import runtimeUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";

/** One file that reading needs. `bytes` is its size as it is, not as it is sent. */
export interface NeededFile {
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

// Of the file this page was built with; vite.config.ts puts them in.
declare const __RUNTIME_BYTES__: number;
declare const __RUNTIME_SHA256__: string;

/** The runtime of the nets, WebAssembly with SIMD. */
export const RUNTIME: NeededFile = {
  name: "runtime",
  url: runtimeUrl,
  bytes: __RUNTIME_BYTES__,
  sha256: __RUNTIME_SHA256__,
};
