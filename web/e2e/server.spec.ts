/** The server stopped and started again under an open page; and music that fails. */
import { execFileSync } from "node:child_process";
import { PYTHON } from "./places";
import { expect, Room, test } from "./room";

test("the music goes on while the server is away, and the session when it is back", async ({
  room,
  server,
}) => {
  await room.open();
  await room.touch(0.6, -0.3);
  await room.plays();
  await expect.poll(room.ahead, { message: "seconds of sound in hand" }).toBeGreaterThan(4);
  const before = await room.session();

  await server.stop();
  await expect(room.notices()).toContainText("The server is away. The music goes on");
  await room.plays(1);
  await room.button("Next").click(); // waits for the server

  await server.start();
  await expect(room.notices()).not.toContainText("The server is away", { timeout: 20_000 });
  await expect(room.title()).not.toHaveText(before.playing.track.title);
  const after = await room.session();
  expect(after.id).toBe(before.id);
  await room.plays();
  await room.page.keyboard.press("3");
  await expect.poll(async () => (await room.session()).goal).toBe("calm");
});

test("music begun in the terminal plays in a page that waits for it", async ({ room, server }) => {
  await room.open();
  const said = execFileSync(PYTHON, ["-m", "affetto", "listen", "--mood", "calm"], {
    env: { ...process.env, AFFETTO_DATA_DIR: server.data },
  }).toString();
  const title = said.split(":")[0] ?? "nothing was said";
  await expect(room.title()).toHaveText(title);
  // A browser that heard no click yet may want one before it makes a sound.
  const blocked = room.button("Play the music");
  const allowed = async () => {
    if (await blocked.isVisible()) await blocked.click();
    return await room.clock();
  };
  await expect.poll(allowed, { message: "the audio clock" }).toBeGreaterThan(0.5);
});

test("a session ended elsewhere falls silent, and the map begins another", async ({
  room,
  server,
}) => {
  await room.open();
  await room.touch(0.6, -0.3);
  await room.plays();
  await server.forget();
  await expect(room.notices()).toContainText("This session was ended.");
  await expect.poll(room.paused).toBe(true);
  await room.touch(-0.5, 0.5);
  await room.plays();
});

test("a lost request is made good by itself", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.touch(0.6, 0.5);
  await room.plays();
  const title = await room.title().textContent();
  await page.route("**/next", (route) => route.abort());
  await room.nearEnd(0.3);
  await expect(room.notices()).toContainText("The server is away.");
  await page.unroute("**/next");
  await expect(room.notices()).not.toContainText("The server is away.");
  await expect(room.title()).not.toHaveText(title ?? "");
  await room.plays();
});

test("a page opened again finds its session, and waits for a click", async ({ room }) => {
  await room.open();
  await room.touch(-0.5, -0.5);
  await room.plays();
  const title = await room.title().textContent();
  await room.plays(2);
  await room.page.reload();
  await expect(room.title()).toHaveText(title ?? "");
  expect(await room.paused()).toBe(true);
  await expect.poll(room.clock).toBeGreaterThan(1); // where it was, not at its beginning
  await room.button("Play").click();
  await room.plays();
});

test("a track that will not play is named, and the next one begins", async ({ room }) => {
  const { page } = room;
  let broken = "";
  await page.route("**/audio", (route) => {
    broken ||= route.request().url();
    return route.request().url() === broken
      ? route.fulfill({ contentType: "audio/ogg", body: "no sound" })
      : route.fallback();
  });
  await room.open();
  await room.touch(0.6, 0.5);
  await expect(room.notices()).toContainText("would not play. Going on to the next one.");
  await room.plays();
  await expect(room.audio()).not.toHaveAttribute("src", new URL(broken).pathname);
});

test("at the end of a track the next one begins by itself", async ({ room }) => {
  await room.open();
  await room.touch(0.6, 0.5);
  await room.plays();
  const title = await room.title().textContent();
  await room.nearEnd(0.5);
  await expect(room.title()).not.toHaveText(title ?? "");
  await room.plays();
});

test("the first load is light, and asks nobody but the server", async ({ room }) => {
  const { page, server } = room;
  const { gzipSync } = await import("node:zlib");
  const parts: { url: string; bytes: number }[] = [];
  page.on("response", async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0));
    const packed = /woff2|audio|image\/(png|jpe?g|webp)/.test(
      response.headers()["content-type"] ?? "",
    );
    parts.push({ url: response.url(), bytes: packed ? body.length : gzipSync(body).length });
  });
  await page.goto(server.address, { waitUntil: "networkidle" });
  const sum = parts.reduce((all, { bytes }) => all + bytes, 0);
  console.log(`first load: ${(sum / 1000).toFixed(1)} kB gzip in ${parts.length} answers`);
  expect(sum).toBeLessThanOrEqual(300_000);
  expect(sum).toBeLessThanOrEqual(120_000); // the aim
  for (const { url } of parts) expect(new URL(url).origin).toBe(server.address);
  expect(parts.some(({ url }) => /wasm|onnx|tflite|mediapipe/.test(url))).toBe(false);
});

test("a first visit leaves no red line in the browser's console", async ({ room }) => {
  const red: string[] = [];
  room.page.on("console", (said) => {
    if (said.type() === "error") red.push(said.text());
  });
  await room.open();
  await expect.poll(room.session).toBeNull();
  expect(red).toEqual([]);
});

test("of two open pages only the one that was played last sounds", async ({ room, server }) => {
  await room.open();
  await room.touch(0.6, -0.3);
  await room.plays();
  const other = new Room(await room.page.context().newPage(), server);
  await other.open();
  await other.button("Play").click();
  await expect(room.notices()).toContainText("The music goes on in another page.");
  await expect.poll(room.paused).toBe(true);
  await other.plays();

  await room.button("Play").click();
  await room.plays();
  await expect.poll(other.paused).toBe(true);
  await other.button("Next").click(); // whoever asks for music gets it
  await other.plays();
  await expect.poll(room.paused).toBe(true);
  await expect(room.title()).toHaveText((await other.title().textContent()) ?? "");
});
