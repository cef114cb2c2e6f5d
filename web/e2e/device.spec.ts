/** The picture never leaves the browser: proved, and what happens when that cannot be. */
import type { Page, Request } from "@playwright/test";
import { expect, type Room, test } from "./room";
import { watchWorkers } from "./workers";

test.use({ film: "face.y4m" });

async function useCamera(room: Room) {
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
}

const HAPPY = /Your face looks happy/;
const FIRST = { timeout: 30_000 }; // what reads a face has to be fetched and compiled

interface Looks {
  seen: number;
  read: number;
  failed: number;
}

/** Count what the worker answers, by its messages to the page. */
async function countLooks(page: Page) {
  await watchWorkers(page);
  await page.addInitScript(() => {
    const looks = { seen: 0, read: 0, failed: 0 };
    Object.assign(window, { looks });
    addEventListener("worker-says", ({ detail }) => {
      if (detail.say === "unseen" || detail.say === "failed") looks.failed += 1;
      if (detail.say === "seen") looks.seen += 1;
      if (detail.say === "seen" && detail.seen.faces.length > 0) looks.read += 1;
    });
  });
}
const looks = (page: Page) =>
  page.evaluate(() => ({ ...(window as unknown as { looks: Looks }).looks }));
const looked = async (page: Page, more: number) => {
  const before = await looks(page);
  await expect
    .poll(async () => (await looks(page)).seen - before.seen, { timeout: 200_000 })
    .toBeGreaterThanOrEqual(more);
  const after = await looks(page);
  return {
    seen: after.seen - before.seen,
    read: after.read - before.read,
    failed: after.failed - before.failed,
  };
};

/** Note what the page says on its line; the browser's own records leave out what is a Blob. */
const listenIn = (page: Page) =>
  page.addInitScript(() => {
    const said: { kind: string; bytes: number }[] = [];
    Object.assign(window, { said });
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      const bytes =
        typeof data === "string" ? data.length : data instanceof Blob ? data.size : data.byteLength;
      said.push({ kind: typeof data === "string" ? "text" : "bytes", bytes });
      send.call(this, data);
    };
  });
const said = (page: Page) =>
  page.evaluate(() => (window as unknown as { said: { kind: string; bytes: number }[] }).said);

test("with the network off a hundred frames are read, and nothing is asked of anybody", async ({
  room,
}) => {
  test.setTimeout(260_000);
  const { page } = room;
  await countLooks(page);
  await useCamera(room);
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  await room.plays(); // the first reading brought music
  // A slow machine takes longer for its frames than the song lasts, and the next is fetched.
  await room.button("Pause").click();

  await page.context().setOffline(true);
  await page.waitForTimeout(500); // what was on its way has arrived or failed
  const asked: string[] = [];
  const note = (request: Request) => {
    // The sound element tries by itself for what it has not got yet of the song that plays.
    if (request.resourceType() === "media" && request.method() === "GET") return;
    asked.push(`${request.method()} ${request.url()}`);
  };
  page.context().on("request", note);
  page.on("websocket", (line) => asked.push(`line ${line.url()}`));
  const { seen, read, failed } = await looked(page, 100);
  console.log(`offline: ${read} of ${seen} frames read, ${asked.length} requests`);
  expect(asked).toEqual([]);
  expect(failed).toBe(0);
  expect(read).toBe(seen);
  await expect(room.reading()).toContainText(HAPPY);
  page.context().off("request", note);
  await page.context().setOffline(false);
});

test("with the network on no byte of a picture leaves, and all that leaves is listed", async ({
  room,
}) => {
  test.setTimeout(150_000);
  const { page, server } = room;
  await countLooks(page);
  const sent = new Map<string, { times: number; bytes: number; most: number }>();
  const note = (what: string, bytes: number) => {
    const one = sent.get(what) ?? { times: 0, bytes: 0, most: 0 };
    sent.set(what, {
      times: one.times + 1,
      bytes: one.bytes + bytes,
      most: Math.max(one.most, bytes),
    });
  };
  const bodies: { type: string; text: string }[] = [];
  page.context().on("request", (request) => {
    const { origin, pathname, protocol } = new URL(request.url());
    if (protocol === "blob:" || protocol === "data:") return; // the page's own memory
    expect(origin).toBe(server.address);
    const body = request.postDataBuffer();
    const type = request.headers()["content-type"] ?? "";
    const place = pathname.replace(/[0-9a-f]{32}/, "ID").replace(/demo.*?\//, "TRACK/");
    note(`${request.method()} ${place} ${body ? type : ""}`.trim(), body?.length ?? 0);
    if (body) bodies.push({ type, text: body.toString("utf8") });
  });
  page.on("websocket", (line) =>
    expect(new URL(line.url()).host).toBe(new URL(server.address).host),
  );
  await listenIn(page);
  await useCamera(room);
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  const { seen, read } = await looked(page, 100);
  expect(read).toBe(seen);

  for (const { kind, bytes } of await said(page)) {
    note(`line ${kind}`, bytes);
    expect(kind, "a picture would be sent as bytes").toBe("text");
  }
  for (const [what, { times, bytes, most }] of [...sent].sort())
    console.log(`sent: ${what}: ${times} times, ${bytes} bytes, at most ${most} at once`);
  for (const { type, text } of bodies) {
    expect(type).toBe("application/json");
    expect(text).not.toMatch(/data:|base64|image|jpeg|\xff\xd8/i);
    expect(text.length).toBeLessThan(600); // a 16 × 12 thumbnail in grey would be more as JSON
  }
  const readings = [...sent].filter(([what]) => what.includes("/readings"));
  expect(readings).toHaveLength(1);
  const all = [...sent.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  expect(all).toBeLessThan(20_000);
  expect([...sent.keys()].some((what) => what.includes("/api/read "))).toBe(false);
});

test("the page works under its policy, and what it fetches is small and lies still", async ({
  room,
}) => {
  const { page } = room;
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] as string[] });
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(
        `${violatedDirective} ${blockedURI}`,
      ),
    );
  });
  const policies: string[] = [];
  page.on("response", (answer) => {
    if (/\/$|worker-.*\.js$/.test(new URL(answer.url()).pathname))
      policies.push(answer.headers()["content-security-policy"] ?? "none");
  });
  await useCamera(room);
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  expect(policies).toHaveLength(2); // the page's and the worker's own
  for (const policy of policies) {
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe");
  }
  expect(
    await page.evaluate(() => (window as unknown as { violations: string[] }).violations),
  ).toEqual([]);
});

// -- when it cannot be ---------------------------------------------------------------------

/** A plain message, the camera off, and the map works on. */
async function fallsBack(room: Room, words: string | RegExp) {
  await expect(room.notices()).toContainText(words, FIRST);
  await expect(room.button("Sensors off")).toBeVisible();
  const live = await room.page.evaluate(() =>
    window.streams.flatMap((s) => s.getTracks()).filter((t) => t.readyState === "live"),
  );
  expect(live).toHaveLength(0);
  await room.touch(0.4, 0.4);
  await room.plays();
}

test("a browser without SIMD says so, and the map works", async ({ room }) => {
  await room.page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await useCamera(room);
  await fallsBack(
    room,
    "This browser is too old to read your face itself. Choose “On this server”",
  );
});

test("a worker that is blocked is said, and the map works", async ({ room }) => {
  await room.page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
  await useCamera(room);
  await fallsBack(room, "This browser does not let the page read your face itself.");
});

test("an interrupted download is said; switched on again, it goes on where it was", async ({
  room,
}) => {
  const { page } = room;
  let broken = true;
  const asked: string[] = [];
  await page.route("**/models/**", (route) => {
    asked.push(new URL(route.request().url()).pathname);
    return broken && asked.at(-1)?.includes("/expression") ? route.abort() : route.continue();
  });
  await useCamera(room);
  await fallsBack(room, "What reads your face did not arrive whole.");
  const tries = asked.filter((path) => path.includes("/expression")).length;
  expect(tries).toBeGreaterThan(1); // it tried by itself first
  broken = false;
  const before = asked.length;
  await room.button("Camera").click();
  await expect(room.reading()).toContainText(/Your face looks|leave your face/, FIRST);
  expect(asked.slice(before).every((path) => path.includes("/expression"))).toBe(true);
});

test("a damaged file in the cache is fetched again, without a word", async ({ room }) => {
  const { page } = room;
  await useCamera(room);
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  const damaged = await page.evaluate(async () => {
    const kept = await caches.open("affetto-reading");
    const places = (await kept.keys())
      .map(({ url }) => url)
      .filter((url) => /\.(onnx|wasm)$/.test(url));
    for (const url of places.filter((one) => one.includes("/models/")))
      await kept.put(url, new Response("not what it was"));
    return places.length;
  });
  expect(damaged).toBe(4); // three models and the runtime
  await page.reload();
  await expect(room.button("Camera")).toBeEnabled();
  await room.button("Camera").click();
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  await expect(room.notices()).toBeEmpty();
  const sizes = await page.evaluate(async () => {
    const kept = await caches.open("affetto-reading");
    const models = (await kept.keys()).filter(({ url }) => url.includes("/models/"));
    return Promise.all(
      models.map(async (one) => (await (await kept.match(one))?.arrayBuffer())?.byteLength ?? 0),
    );
  });
  expect(Math.min(...sizes)).toBeGreaterThan(100_000);
});

test("what was fetched once is there with the server away", async ({ room, server }) => {
  const { page } = room;
  await useCamera(room);
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload(); // from here on the service worker looks after it
  await expect(room.button("Camera")).toBeEnabled();
  const big: string[] = [];
  page.on("response", (answer) => {
    if (/\.(onnx|wasm)$/.test(answer.url()) && !answer.fromServiceWorker()) big.push(answer.url());
  });
  await room.button("Camera").click();
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  expect(big).toEqual([]);
  expect(server.address).toBeTruthy();
});

test("a worker that dies is replaced; one that dies again is said", async ({ room }) => {
  const { page } = room;
  await countLooks(page);
  const kill = () =>
    page.evaluate(() => {
      window.workers.at(-1)?.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
      return window.workers.length;
    });
  await useCamera(room);
  await expect(room.reading()).toContainText(HAPPY, FIRST);
  expect(await kill()).toBe(1);
  await expect.poll(() => page.evaluate(() => window.workers.length)).toBe(2);
  await looked(page, 1); // it has opened
  await expect(room.button("Camera on")).toBeVisible();
  await kill();
  await fallsBack(room, "The reading of your face stopped by itself.");
});

// -- the three ways ------------------------------------------------------------------------

test("on the server only by choice, with its own consent; or no camera at all", async ({
  room,
}) => {
  const { page } = room;
  await listenIn(page);
  await room.open();
  await room.button("Sensors off").click();
  const sheet = page.getByRole("dialog", { name: "Sensors" });
  await expect(sheet.getByRole("radio", { name: /On this device/ })).toBeChecked();
  await sheet.getByRole("radio", { name: /On this server/ }).check();
  await sheet.getByRole("button", { name: "Close" }).click();
  await room.button("Camera").click();
  const consent = page.getByRole("dialog", { name: "Send pictures to this server?" });
  await expect(consent).toContainText("server's memory, and nowhere else");
  await consent.getByRole("button", { name: "Send pictures" }).click();
  await expect(room.reading()).toContainText(HAPPY);
  const pictures = (await said(page)).filter(({ kind }) => kind === "bytes");
  expect(pictures.length).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(room.notices()).toContainText("Every sensor is off.");

  await room.button("Sensors off").click();
  await sheet.getByRole("radio", { name: /No camera/ }).check();
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(room.button("Camera")).toHaveCount(0);
  await page.reload();
  await expect(room.button("Photo or video")).toBeVisible();
  await expect(room.button("Camera")).toHaveCount(0); // it is remembered
});
