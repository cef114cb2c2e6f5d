/** The main journey: a smiling face before the camera, and music that fits it. */
import type { Page } from "@playwright/test";
import { launchWith } from "./browser";
import { made } from "./places";
import { expect, test } from "./room";

test.use({
  launchOptions: launchWith(
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${made("face.y4m")}`,
  ),
});

declare global {
  interface Window {
    /** From the last act, or the page's leaving sight, to the camera's end. */
    stoppedAfterMs: number;
  }
}

/** Time the stopping by the page's own clock: how soon a busy test asks is another matter. */
const watchStopping = (page: Page) =>
  page.addInitScript(() => {
    let asked = 0;
    for (const act of ["click", "keydown", "visibilitychange"])
      addEventListener(
        act,
        () => {
          asked = performance.now();
        },
        true,
      );
    const stop = MediaStreamTrack.prototype.stop;
    MediaStreamTrack.prototype.stop = function () {
      stop.call(this);
      window.stoppedAfterMs = performance.now() - asked;
    };
  });

test("a smile before the camera reads happy, and pleasant music begins", async ({ room }) => {
  const { page } = room;
  await room.open();
  const asked = () => page.evaluate(() => window.asked);

  await room.button("Camera").click();
  const consent = page.getByRole("dialog", { name: "Use the camera?" });
  await expect(consent).toContainText("The picture never leaves this browser");
  await expect(consent).toContainText("not the same as a feeling");
  await expect(consent).toContainText("at work or at school");
  const [no, yes] = await Promise.all(
    ["Not now", "Use the camera"].map((name) =>
      consent.getByRole("button", { name, exact: true }).boundingBox(),
    ),
  );
  expect(no?.width).toBeCloseTo(yes?.width ?? 0, 0);
  expect(no?.height).toBeCloseTo(yes?.height ?? 0, 0);
  expect(await asked()).toBe(0);

  await consent.getByRole("button", { name: "Not now" }).click();
  expect(await asked()).toBe(0);
  await room.button("Camera").click();
  await consent.getByRole("button", { name: "Use the camera" }).click();

  await expect(room.reading()).toContainText(/Your face looks happy, (quite|fairly) sure\./);
  expect(await asked()).toBe(1);
  await expect(room.button("Camera on")).toBeVisible();
  await expect(page.locator(".face-box")).toBeVisible();

  await room.plays(1);
  const { playing, mood } = await room.session();
  expect(mood.valence).toBeGreaterThan(0);
  expect(playing.track.valence).toBeGreaterThan(0);
  await expect(room.title()).toHaveText(playing.track.title);

  await room.button("Next").click();
  await expect(room.title()).not.toHaveText(playing.track.title);
  await room.plays();
});

test("“not how I feel” is taken at once", async ({ room }) => {
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks happy");
  await room.button("Not how I feel").click();
  await expect(room.notices()).toContainText("leave your face alone");
  await expect.poll(async () => (await room.session()).senses_muted).toBe(true);
  await expect(room.reading()).toContainText("leave your face alone for now");
});

test("the camera stops within a second: by its button, by Esc Esc", async ({ room }) => {
  const { page } = room;
  await watchStopping(page);
  await room.open();
  const live = () =>
    page.evaluate(
      () =>
        window.streams.flatMap((s) => s.getTracks()).filter((t) => t.readyState === "live").length,
    );
  const took = () => page.evaluate(() => window.stoppedAfterMs);
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect.poll(live).toBe(1);
  await room.button("Stop the camera").click();
  await expect.poll(live).toBe(0);
  expect(await took()).toBeLessThan(1000);
  await expect(room.button("Sensors off")).toBeVisible();

  await room.button("Camera").click(); // agreed once, not asked again
  await expect.poll(live).toBe(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(room.notices()).toContainText("Every sensor is off.");
  await expect.poll(live).toBe(0);
  expect(await took()).toBeLessThan(1000);
});

test("out of sight the camera is released, and back in sight it goes on", async ({ room }) => {
  const { page } = room;
  await watchStopping(page);
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks");
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await expect
    .poll(() => page.evaluate(() => window.streams[0]?.getTracks()[0]?.readyState))
    .toBe("ended");
  expect(await page.evaluate(() => window.stoppedAfterMs)).toBeLessThan(1000);
  await expect(room.button("Camera paused")).toBeVisible();
  await hide(false);
  await expect(room.button("Camera on")).toBeVisible();
  await expect(room.reading()).toContainText("Your face looks");
});

test("the lamp stays in sight while the camera runs, scrolled and under a sheet", async ({
  room,
}) => {
  const { page } = room;
  await page.setViewportSize({ width: 360, height: 640 });
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(room.button("Camera on")).toBeInViewport({ ratio: 1 });
  for (const name of ["Library", "Settings"]) {
    await room.button(name).click();
    const sheet = await page.getByRole("dialog").boundingBox();
    const lamp = await page.locator(".lamp").boundingBox();
    expect((lamp?.y ?? 0) + (lamp?.height ?? 999)).toBeLessThanOrEqual(sheet?.y ?? 0);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  }
});

test("a camera unplugged mid-session is said, and the map works on", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks");
  await page.evaluate(() => window.streams[0]?.getTracks()[0]?.dispatchEvent(new Event("ended")));
  await expect(room.notices()).toContainText("The camera went away. Plug it in");
  await expect(room.button("Sensors off")).toBeVisible();
  await room.touch(0.5, -0.5);
  await room.plays();
});
