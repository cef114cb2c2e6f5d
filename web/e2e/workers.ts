/** The page's workers, within reach of a test. */
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    workers: Worker[];
    /** Let the workers see what was held back from them, and all that comes. */
    letGo(): void;
  }
  interface WindowEventMap {
    /** What a worker answered. */
    "worker-says": CustomEvent;
  }
}

/** Keep every worker that the page starts in `workers`, and tell the window what each answers. */
export const watchWorkers = (page: Page) =>
  page.addInitScript(() => {
    window.workers = [];
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        window.workers.push(this);
        this.addEventListener("message", ({ data }) =>
          window.dispatchEvent(new CustomEvent("worker-says", { detail: data })),
        );
      }
    };
  });

/** Show the page's workers so many pictures, and hold the next ones back until `letGo`. */
export const holdLooks = (page: Page, most: number) =>
  page.addInitScript((most) => {
    let held: (() => void)[] | null = [];
    let asked = 0;
    window.letGo = () => {
      const all = held ?? [];
      held = null;
      for (const send of all) send();
    };
    const Real = window.Worker;
    window.Worker = class extends Real {
      override postMessage(message: { do: string }, how?: Transferable[] | object) {
        if (message.do === "look") asked += 1;
        const send = () => super.postMessage(message, how as Transferable[]);
        if (held && asked > most) held.push(send);
        else send();
      }
    };
  }, most);

export const letGo = (page: Page) => page.evaluate(() => window.letGo());
