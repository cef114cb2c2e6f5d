/**
 * How quick the page is on a slow machine: its own thread at a quarter of this one's speed.
 *
 * Writes one JSON to the file that AFFETTO_BENCH_SPEED_TO names: ms from the address to a page
 * that can be used, ms from each press to what it shows, and how long the longest task was
 * while the camera was read. Workers and the browser's other processes are not slowed down.
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

const SLOWER = 4;
const ROUNDS = 7;
const PRESSES = 40;

interface Watched {
  ready: number | null;
  inputs: Record<number, number>; // by the press, whose key goes down and up
  tasks: number[];
}

/** Note when the page can be used, what every press takes, and every long task. */
const watch = (page: Page) =>
  page.addInitScript(() => {
    const watched: Watched = { ready: null, inputs: {}, tasks: [] };
    Object.assign(window, { watched });
    const look = () => {
      const play = document.querySelector<HTMLButtonElement>(".player-play");
      if (play && !play.disabled && document.querySelector(".map-hand"))
        watched.ready = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    const observe = (type: string, take: (entry: PerformanceEntry) => void, more = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, ...more });
    observe("longtask", ({ duration }) => watched.tasks.push(duration));
    observe(
      "event",
      (entry) => {
        const press = (entry as PerformanceEventTiming & { interactionId: number }).interactionId;
        if (press) watched.inputs[press] = Math.max(watched.inputs[press] ?? 0, entry.duration);
      },
      { durationThreshold: 16 },
    );
  });
const watched = (page: Page) =>
  page.evaluate(() => (window as unknown as { watched: Watched }).watched);

async function slow(page: Page) {
  const own = await page.context().newCDPSession(page);
  await own.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
}

/** As most listeners have it: what moves is drawn, too. */
const MOVING = { reducedMotion: "no-preference" } as const;

test("quick on a slow machine", async ({ browser, server }) => {
  const ready: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext(MOVING);
    const page = await context.newPage();
    await watch(page);
    await slow(page);
    await page.goto(server.address);
    await expect.poll(async () => (await watched(page)).ready).not.toBeNull();
    ready.push((await watched(page)).ready ?? 0);
    await context.close();
  }

  await server.forget();
  const context = await browser.newContext(MOVING);
  const page = await context.newPage();
  const room = new Room(page, server);
  await watch(page);
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks", { timeout: 60_000 });
  await page.waitForTimeout(1000); // what came with the camera is over
  await slow(page);
  const before = await watched(page);
  for (let i = 0; i < PRESSES; i += 1) {
    await room.map().focus();
    await page.keyboard.press(["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"][i % 4] as string);
    await page.keyboard.press(["1", "l", "2", "3"][i % 4] as string);
    await page.waitForTimeout(250);
  }
  await page.waitForTimeout(500);
  const after = await watched(page);
  await context.close();

  const told = {
    slower: SLOWER,
    ready,
    // A press that was answered within 16 ms is not told by the browser.
    inputs: Object.entries(after.inputs)
      .filter(([press]) => !(press in before.inputs))
      .map(([, ms]) => ms),
    tasks: after.tasks.slice(before.tasks.length),
    presses: 2 * PRESSES,
  };
  const to = process.env.AFFETTO_BENCH_SPEED_TO;
  if (to) writeFileSync(to, JSON.stringify(told));
  console.log(JSON.stringify(told));
});
