/** The scan that runs on the server, looked at once a second for as long as it runs. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Api, Refusal } from "@/api/client";
import type { Scan } from "@/api/types";

export interface Scanning {
  /** Null until the first answer. */
  readonly scan: ReadonlySignal<Scan | null>;
  /** Why the last asking to start or stop came to nothing. */
  readonly refused: ReadonlySignal<{ problem: string; remedy: string } | null>;
  look(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Look no more; the scan itself goes on. */
  leave(): void;
}

export const LOOK_EVERY_MS = 1000;
/** When a scan has ended, the library is a moment behind it: looked at again after these. */
const AFTERWARDS = [2, 5, 12];

export const runs = (scan: Scan | null) => scan?.state === "looking" || scan?.state === "listening";

/** `onFound` is called whenever there is more music than before, and when a scan ends. */
export function createScanning(
  api: Pick<Api, "scan" | "startScan" | "stopScan">,
  onFound: () => void,
  everyMs = LOOK_EVERY_MS,
): Scanning {
  const scan = signal<Scan | null>(null);
  const refused = signal<{ problem: string; remedy: string } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout>[] = [];
  let left = false;

  async function ask(asking: Promise<Scan>) {
    clearTimeout(timer);
    const before = scan.value;
    try {
      const now = await asking;
      if (left) return;
      refused.value = null;
      scan.value = now;
      if (before && (before.heard !== now.heard || (runs(before) && !runs(now)))) onFound();
      if (runs(before) && !runs(now))
        later = AFTERWARDS.map((times) => setTimeout(onFound, times * everyMs));
    } catch (error) {
      if (left) return;
      if (error instanceof Refusal) refused.value = error;
    }
    // Also after a failure: a server that was away has the scan, or says that it has none.
    if (runs(scan.value)) timer = setTimeout(() => void ask(api.scan()), everyMs);
  }

  return {
    scan,
    refused,
    look: () => ask(api.scan()),
    start: () => ask(api.startScan()),
    stop: () => ask(api.stopScan()),
    leave() {
      left = true;
      clearTimeout(timer);
      later.forEach(clearTimeout);
    },
  };
}
