/**
 * Reading on this device, in figures: to the first reading, a frame, bytes.
 *
 * Writes one JSON to the file that AFFETTO_BENCH_DEVICE_TO names.
 */
import { writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { launchWith } from "../e2e/browser";
import { made } from "../e2e/places";
import { expect, Room, test } from "../e2e/room";

test.use({
  launchOptions: launchWith(
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${made("face.y4m")}`,
  ),
});

const ROUNDS = 5;
const FRAMES = 300;

const HAPPY = /Your face looks happy/;

/** Keep how long the worker took for each frame. */
const keepTimes = (page: Page) =>
  page.addInitScript(() => {
    const times: number[] = [];
    Object.assign(window, { times });
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }) => {
          if (data.say === "seen") times.push(data.ms);
        });
      }
    };
  });
const times = (page: Page) =>
  page.evaluate(() => [...(window as unknown as { times: number[] }).times]);

/** From the click to the words, in ms, as the page's own clock has it. */
async function firstReading(room: Room, button: string): Promise<number> {
  await room.page.evaluate((name) => {
    const found = [...document.querySelectorAll("button")].find(
      (one) => one.innerText.trim() === name,
    );
    Object.assign(window, { took: null });
    found?.addEventListener("click", () => {
      const begun = performance.now();
      const look = () => {
        if (document.querySelector(".reading-says"))
          Object.assign(window, { took: performance.now() - begun });
        else requestAnimationFrame(look);
      };
      look();
    });
  }, button);
  await room.button(button).click();
  await expect(room.reading()).toContainText(HAPPY, { timeout: 60_000 });
  return room.page.evaluate(() => (window as unknown as { took: number }).took);
}

test("reading on this device", async ({ browser, server }) => {
  const cold: number[] = [];
  const warm: number[] = [];
  const bytes: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    await server.forget();
    const context = await browser.newContext();
    const page = await context.newPage();
    const room = new Room(page, server);
    if (round === 0) {
      let stage = "before consent";
      context.on("response", (answer) => {
        if (answer.fromServiceWorker()) return;
        const { pathname } = new URL(answer.url());
        const kind = pathname.endsWith(".onnx")
          ? "models"
          : pathname.endsWith(".wasm")
            ? "runtime"
            : /assets\/(engine|worker|bothEyes|blend)-/.test(pathname)
              ? "scripts of reading"
              : pathname.startsWith("/api/tracks")
                ? "music and covers"
                : stage;
        bytes[kind] = (bytes[kind] ?? 0) + Number(answer.headers()["content-length"] ?? 0);
      });
      await room.open();
      await page.waitForLoadState("networkidle");
      stage = "page again, and all else";
    } else await room.open();
    await room.button("Camera").click();
    cold.push(await firstReading(room, "Use the camera"));
    await page.reload();
    await expect(room.button("Camera")).toBeEnabled();
    await page.waitForTimeout(500);
    warm.push(await firstReading(room, "Camera"));
    await context.close();
  }

  await server.forget();
  const context = await browser.newContext();
  const page = await context.newPage();
  const room = new Room(page, server);
  await keepTimes(page);
  await room.open();
  await room.button("Camera").click();
  await firstReading(room, "Use the camera");
  await page.waitForTimeout(2000);
  const cdp = await browser.newBrowserCDPSession();
  const cpuMs = async () => {
    const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
    const pages = processInfo.filter(({ type }) => type === "renderer");
    return pages.reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0);
  };

  const [cpuBefore, before] = [await cpuMs(), (await times(page)).length];
  const begun = Date.now();
  await expect
    .poll(async () => (await times(page)).length - before, { timeout: 600_000 })
    .toBeGreaterThanOrEqual(FRAMES);
  const frames = (await times(page)).slice(before);
  const cpu = ((await cpuMs()) - cpuBefore) / frames.length;
  const rate = (1000 * frames.length) / (Date.now() - begun);

  await expect(room.reading()).toContainText(HAPPY);
  await context.close();

  const told = { cold, warm, bytes, frames, cpu, rate };
  const to = process.env.AFFETTO_BENCH_DEVICE_TO;
  if (to) writeFileSync(to, JSON.stringify(told));
  console.log(JSON.stringify({ ...told, frames: frames.length }));
});
