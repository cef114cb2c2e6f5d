/**
 * The service worker: what reads a face starts from what is kept, with no network at all.
 *
 * It answers only for files whose address changes with their content: the models, the
 * runtime, and the scripts that run them. Everything else goes its way untouched. It is
 * registered after the listener agreed to the camera, never by a mere visit. The models
 * are checked where they are used (models.ts), whoever kept them.
 */
const KEPT_AS = "affetto-reading"; // as models.ts; a service worker stands alone
const PLACES = /^\/(models\/.+\.onnx|assets\/.+\.wasm|assets\/(engine|worker)-.+\.js)$/;

interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

addEventListener("fetch", (event) => {
  const fetching = event as Fetching;
  const { request } = fetching;
  const { origin, pathname } = new URL(request.url);
  const ours = request.method === "GET" && origin === location.origin && PLACES.test(pathname);
  // "reload" is asked for when what is kept was damaged.
  if (ours && request.cache !== "reload") fetching.respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  const kept = await caches.open(KEPT_AS).catch(() => null);
  const before = await kept?.match(request.url).catch(() => undefined);
  if (before) return before;
  const fresh = await fetch(request);
  // The large ones are kept by models.ts, once they are checked.
  if (fresh.ok && request.url.endsWith(".js"))
    await kept?.put(request.url, fresh.clone()).catch(() => undefined);
  return fresh;
}

export {};
