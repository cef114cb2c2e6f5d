/**
 * The page as an app: installed, opened without the server, and renewed with one touch.
 *
 * A service worker (reading/keeper.ts) keeps the page's own files. It comes by the
 * listener's wish only: with the camera, with installing, or from the settings.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

/** The browser's offer to install the page; not every browser makes one. */
interface Offer extends Event {
  prompt(): Promise<void>;
}

type Workers = Pick<
  ServiceWorkerContainer,
  "register" | "getRegistration" | "ready" | "controller" | "addEventListener"
>;

export interface KeepingParts {
  /** Null where the address is not safe (plain http from another machine). */
  workers?: Workers | null;
  page?: Pick<Window, "addEventListener">;
  reload?(): void;
  forgetFiles?(): Promise<void>;
}

export interface Keeping {
  /** Whether the page opens without the server; null where it never can. */
  readonly kept: ReadonlySignal<boolean | null>;
  /** Go on with the newer version that waits; null when none does. */
  readonly renew: ReadonlySignal<(() => void) | null>;
  /** Install the page; null when the browser does not offer it. */
  readonly install: ReadonlySignal<(() => Promise<void>) | null>;
  keep(): Promise<void>;
  forget(): Promise<void>;
  /** Ask whether there is a newer version. */
  look(): Promise<void>;
}

export const KEEPER = "/keeper.js";
const PAGES = "affetto-page-"; // as reading/keeper.ts

export function createKeeping({
  workers = (navigator.serviceWorker as Workers | undefined) ?? null,
  page = window,
  reload = () => location.reload(),
  forgetFiles = forgetPages,
}: KeepingParts = {}): Keeping {
  const kept = signal<boolean | null>(workers ? false : null);
  const renew = signal<(() => void) | null>(null);
  const install = signal<(() => Promise<void>) | null>(null);
  let registration: ServiceWorkerRegistration | undefined;

  function watch(found: ServiceWorkerRegistration) {
    kept.value = true;
    if (registration === found) return;
    registration = found;
    const waits = () => {
      // Without a controller this is the first one: the page is as new as it.
      if (found.waiting && workers?.controller) renew.value = takeOver;
    };
    const watchComing = () => found.installing?.addEventListener("statechange", waits);
    found.addEventListener("updatefound", watchComing);
    watchComing();
    waits();
  }

  function takeOver() {
    workers?.addEventListener("controllerchange", reload, { once: true });
    registration?.waiting?.postMessage("take over");
  }

  async function keep() {
    if (workers) watch(await workers.register(KEEPER));
  }

  void workers?.getRegistration().then((found) => found && watch(found));
  void workers?.ready.then(watch); // whoever registered it
  page.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // asked for in the settings, not by the browser's own bar
    install.value = async () => {
      install.value = null; // an offer holds once
      await (event as Offer).prompt();
    };
  });
  page.addEventListener("appinstalled", () => void keep().catch(() => undefined));

  return {
    kept,
    renew,
    install,
    keep,
    async forget() {
      await registration?.unregister();
      registration = undefined;
      renew.value = null;
      kept.value = false;
      await forgetFiles();
    },
    async look() {
      await registration?.update().catch(() => undefined);
    },
  };
}

async function forgetPages() {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => one.startsWith(PAGES)).map((one) => caches.delete(one)));
}
