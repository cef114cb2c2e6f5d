/** The page without its server: it opens, reads a face, and plays what it keeps. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./room";

test.use({ film: "face.y4m" });

test("once agreed to, the page opens without the server, reads a face and plays songs of its own", async ({
  room,
  server,
}) => {
  const { page } = room;
  await room.open();
  expect(await page.evaluate(() => caches.keys())).toEqual([]); // a mere visit keeps nothing
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks happy");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const kept = await page.evaluate(async () => {
    const all = await Promise.all(
      (await caches.keys()).map(async (name) => await (await caches.open(name)).keys()),
    );
    return all.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.filter((path) => path.startsWith("/api"))).toEqual([]);

  await server.stop();
  try {
    const other = await page.context().newPage();
    await other.goto(server.address);
    const button = (name: string) => other.getByRole("button", { name, exact: true });
    await expect(other.locator(".notices")).toContainText("The server is away.");
    await button("Camera").click();
    await expect(other.getByRole("region", { name: "What your face shows" })).toContainText(
      "Your face looks happy",
    );
    await button("Songs on this device").click();
    const sheet = other.getByRole("dialog", { name: "Songs on this device" });
    const choosing = other.waitForEvent("filechooser");
    await sheet.getByRole("button", { name: "Choose songs" }).click();
    const demo = join(server.data, "demo");
    const song = readdirSync(demo, { recursive: true, encoding: "utf8" }).find((name) =>
      /\.(ogg|opus|mp3|wav|flac)$/.test(name),
    );
    await (await choosing).setFiles(join(demo, song ?? ""));
    await sheet.getByRole("button", { name: /^Play / }).click();
    await expect(sheet.getByRole("button", { name: /^Pause / })).toBeVisible();
    await other.close();
  } finally {
    await server.start();
  }
});
