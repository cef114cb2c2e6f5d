/** What a page and its workers hold in memory, each after a garbage collection of its own. */
import type { Page } from "@playwright/test";

interface Usage {
  usedSize: number;
  backingStorageSize?: number;
}

interface Answer {
  id: number;
  result: Usage;
}

export interface Held {
  /** Objects of the page, in bytes. */
  page: number;
  /** Objects of its workers. */
  workers: number;
  /** What both hold outside their heaps: pictures, and the runtime's own memory. */
  buffers: number;
}

/** Ask a page about its memory; to be called once per page, before its workers start or after. */
export async function watchHeaps(page: Page): Promise<() => Promise<Held>> {
  const own = await page.context().newCDPSession(page);
  const workers = new Set<string>();
  const waiting = new Map<number, (usage: Usage) => void>();
  let asked = 0;
  own.on("Target.attachedToTarget", ({ sessionId }) => workers.add(sessionId));
  own.on("Target.detachedFromTarget", ({ sessionId }) => workers.delete(sessionId));
  own.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message) as Answer;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await own.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });

  function ofWorker(sessionId: string, method: string): Promise<Usage> {
    asked += 1;
    const message = JSON.stringify({ id: asked, method });
    const answer = new Promise<Usage>((heard) => waiting.set(asked, heard));
    return own.send("Target.sendMessageToTarget", { sessionId, message }).then(() => answer);
  }

  return async () => {
    await own.send("HeapProfiler.collectGarbage");
    const here: Usage = await own.send("Runtime.getHeapUsage");
    const held = { page: here.usedSize, workers: 0, buffers: here.backingStorageSize ?? 0 };
    for (const worker of workers) {
      await ofWorker(worker, "HeapProfiler.collectGarbage");
      const there = await ofWorker(worker, "Runtime.getHeapUsage");
      held.workers += there.usedSize;
      held.buffers += there.backingStorageSize ?? 0;
    }
    return held;
  };
}
