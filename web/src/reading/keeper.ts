/**
 * The service worker: the page opens, and reads a face, with no network at all.
 *
 * It is registered when the listener agreed to the camera, installed the page or asked for
 * it in the settings, never by a mere visit. It answers for the page's own files and for
 * what reads a face: the models, the runtime, and the scripts that run them. Everything
 * else, whatever the interface says above all, goes its way untouched and is never kept.
 *
 * Every build is a worker of its own, with the list of its own files. A newer one waits
 * until the page says so, and the files of the older one go with it. The models are checked
 * where they are used (models.ts), whoever kept them.
 */
interface Shell {
  version: string;
  files: string[];
}

// The files of this build; packing.ts puts them in.
declare const __SHELL__: Shell;
const SHELL: Shell = __SHELL__;

const PAGES = "affetto-page-";
const PAGE = `${PAGES}${SHELL.version}`;
const KEPT_AS = "affetto-reading"; // as models.ts; a service worker stands alone
const PLACES = /^\/(models\/.+\.onnx|assets\/.+\.wasm|assets\/(engine|worker)-.+\.js)$/;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

addEventListener("install", (event) => {
  const keep = async () => {
    const page = await caches.open(PAGE);
    await page.addAll(["/", ...SHELL.files]);
  };
  (event as Lasting).waitUntil(keep());
});

addEventListener("activate", (event) => {
  const clear = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PAGES) && name !== PAGE);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  (event as Lasting).waitUntil(clear());
});

addEventListener("message", (event) => {
  if ((event as MessageEvent).data === "take over")
    void (globalThis as unknown as { skipWaiting(): Promise<void> }).skipWaiting();
});

addEventListener("fetch", (event) => {
  const fetching = event as Fetching;
  const { request } = fetching;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === "/") fetching.respondWith(newest(request));
  } else if (PLACES.test(pathname)) {
    // "reload" is asked for when what is kept was damaged.
    if (request.cache !== "reload") fetching.respondWith(reading(request));
  } else if (SHELL.files.includes(pathname)) fetching.respondWith(ours(request));
});

/** The page as the server has it; the one that is kept when nobody answers. */
async function newest(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (away) {
    const kept = await keptIn(PAGE, "/");
    if (kept) return kept;
    throw away;
  }
}

const ours = async (request: Request) => (await keptIn(PAGE, request.url)) ?? fetch(request);

async function keptIn(name: string, address: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(name)).match(address);
  } catch {
    return undefined; // private windows and full disks
  }
}

async function reading(request: Request): Promise<Response> {
  const before = await keptIn(KEPT_AS, request.url);
  if (before) return before;
  const fresh = await fetch(request);
  // The large ones are kept by models.ts, once they are checked.
  if (fresh.ok && request.url.endsWith(".js")) {
    const copy = fresh.clone();
    await caches
      .open(KEPT_AS)
      .then((kept) => kept.put(request.url, copy))
      .catch(() => undefined);
  }
  return fresh;
}

export {};
