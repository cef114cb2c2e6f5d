/**
 * What the page holds in memory while the camera is read and music plays, minute by minute.
 *
 * Writes one JSON to the file that AFFETTO_BENCH_MEMORY_TO names, anew with every minute, so
 * that a run that was broken off counts for as long as it was. AFFETTO_BENCH_MINUTES says how
 * long it runs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { launchWith } from "../e2e/browser";
import { made } from "../e2e/places";
import { expect, Room, test } from "../e2e/room";
import { type Held, watchHeaps } from "./heaps";

test.use({
  launchOptions: launchWith(
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${made("face.y4m")}`,
  ),
});

const MINUTES = Number(process.env.AFFETTO_BENCH_MINUTES ?? 10);
const MINUTE_MS = 60_000;
/** What is first used fills caches; growth counts from then on. */
const SETTLING_MS = Math.min(MINUTE_MS, MINUTES * 10_000);

interface Noted extends Held {
  minute: number;
  /** Of all processes that show pages, in bytes; null where the system does not tell. */
  resident: number | null;
}

test("memory while the camera is read", async ({ browser, server }) => {
  test.setTimeout((MINUTES + 5) * MINUTE_MS);
  const context = await browser.newContext();
  const page = await context.newPage();
  const room = new Room(page, server);
  await room.open();
  const heaps = await watchHeaps(page);
  const processes = await browser.newBrowserCDPSession();
  async function resident() {
    if (process.platform !== "linux") return null;
    const { processInfo } = await processes.send("SystemInfo.getProcessInfo");
    const pages = processInfo
      .filter(({ type }) => type === "renderer")
      .map(({ id }) => Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]));
    return 4096 * pages.reduce((sum, count) => sum + count, 0);
  }

  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks", { timeout: 60_000 });
  await page.waitForTimeout(SETTLING_MS);
  const begun = Date.now();
  const noted: Noted[] = [];
  while (true) {
    const minute = (Date.now() - begun) / MINUTE_MS;
    noted.push({ minute, ...(await heaps()), resident: await resident() });
    const to = process.env.AFFETTO_BENCH_MEMORY_TO;
    if (to) writeFileSync(to, JSON.stringify(noted));
    const left = MINUTES * MINUTE_MS - (Date.now() - begun);
    if (left < 100) break;
    await page.waitForTimeout(Math.min(MINUTE_MS, left));
  }
  await expect(room.reading()).toContainText("Your face looks");
  await context.close();
  console.log(JSON.stringify(noted.at(-1)));
});
