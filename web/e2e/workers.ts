/** The page's workers, within reach of a test. */
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    workers: Worker[];
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
