/**
 * Fetches what reading needs: told as it comes, checked, and kept for the next time.
 *
 * Each file is kept by itself as soon as it is whole, so an interrupted download goes on
 * with the file it broke off in. What is kept is checked like what comes: a damaged file
 * is thrown away and fetched again.
 */
import type { NeededFile } from "./runtime";

/** What went wrong with a download: nothing came, or something else than was meant. */
export class FetchFailure extends Error {
  constructor(
    readonly kind: "download" | "corrupt",
    readonly file: string,
  ) {
    super(`${file}: ${kind}`);
  }
}

/** The part of a Cache that is used. */
export interface Kept {
  match(url: string): Promise<Response | undefined>;
  put(url: string, answer: Response): Promise<void>;
  delete(url: string): Promise<boolean>;
  keys(): Promise<readonly { url: string }[]>;
}

export interface FetchParts {
  /** Told after every piece: the share of all that is here, in [0, 1], and its bytes. */
  onProgress(share: number, bytes: number): void;
  signal?: AbortSignal | undefined;
  fetching?: typeof fetch;
  /** Where whole files are kept; null where the browser keeps nothing. */
  keeping?: () => Promise<Kept | null>;
  /** How long to wait before each further try. */
  waitsMs?: readonly number[];
}

/** The Cache that the service worker looks into, too. */
export const KEPT_AS = "affetto-reading";

const WAITS_MS = [300, 1500];

/** The browser's own keeping place; null where it has or gives none. */
export async function ownKeeping(): Promise<Kept | null> {
  try {
    return await caches.open(KEPT_AS);
  } catch {
    return null; // private windows and full disks
  }
}

/** Every file by its name, whole and as it was meant. Throws FetchFailure. */
export async function fetchAll(
  files: readonly NeededFile[],
  parts: FetchParts,
): Promise<Map<string, Uint8Array>> {
  const { onProgress, signal } = parts;
  const kept = await (parts.keeping ?? ownKeeping)();
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const here = new Map<string, number>(); // bytes of each file
  const told = (name: string, bytes: number) => {
    here.set(name, bytes);
    const sum = [...here.values()].reduce((one, other) => one + other, 0);
    onProgress(Math.min(1, sum / all), sum);
  };
  const got = await Promise.all(
    files.map(async (file) => {
      const bytes = await fetchOne(file, kept, parts, (n) => told(file.name, n));
      return [file.name, bytes] as const;
    }),
  );
  signal?.throwIfAborted();
  if (kept) void forgetOthers(kept, files);
  return new Map(got);
}

async function fetchOne(
  file: NeededFile,
  kept: Kept | null,
  { signal, fetching = fetch, waitsMs = WAITS_MS }: FetchParts,
  told: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const before = await kept?.match(file.url).catch(() => undefined);
  if (before) {
    const bytes = new Uint8Array(await before.arrayBuffer().catch(() => new ArrayBuffer(0)));
    if (await isMeant(bytes, file)) {
      told(bytes.length);
      return bytes;
    }
    await kept?.delete(file.url).catch(() => false);
  }
  let failure: FetchFailure | null = null;
  for (const wait of [0, ...waitsMs]) {
    signal?.throwIfAborted();
    if (failure) await new Promise((later) => setTimeout(later, wait));
    signal?.throwIfAborted();
    told(0);
    // What came damaged once may lie damaged in the browser's cache of what it fetched.
    const fresh = before || failure?.kind === "corrupt";
    const bytes: Uint8Array<ArrayBuffer> | null = await download(
      () => fetching(file.url, { ...(signal && { signal }), cache: fresh ? "reload" : "default" }),
      file.bytes,
      told,
    ).catch(() => null);
    if (!bytes) failure = new FetchFailure("download", file.name);
    else if (!(await isMeant(bytes, file))) failure = new FetchFailure("corrupt", file.name);
    else {
      void kept?.put(file.url, new Response(bytes)).catch(() => undefined); // nobody waits for it
      return bytes;
    }
  }
  throw failure;
}

/** The body, told piece by piece; throws when it does not come whole. */
async function download(
  ask: () => Promise<Response>,
  expected: number,
  told: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await ask();
  if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
  let bytes = new Uint8Array(expected);
  let length = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (length + value.length > bytes.length) {
      await reader.cancel();
      return bytes.slice(0, -1); // more than was meant: it cannot be it
    }
    bytes.set(value, length);
    length += value.length;
    told(length);
  }
  if (length < bytes.length) bytes = bytes.slice(0, length);
  return bytes;
}

async function isMeant(bytes: Uint8Array<ArrayBuffer>, file: NeededFile): Promise<boolean> {
  if (bytes.length !== file.bytes) return false;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("") === file.sha256;
}

/** Files of earlier versions take no room. */
async function forgetOthers(kept: Kept, files: readonly NeededFile[]) {
  const wanted = new Set(files.map(({ url }) => new URL(url, location.href).href));
  for (const { url } of await kept.keys().catch(() => []))
    if (/\.(onnx|wasm)$/.test(url) && !wanted.has(url)) await kept.delete(url).catch(() => false);
}
