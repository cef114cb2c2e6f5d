/** The browser itself denies the camera. */
import { launchWith } from "./browser";
import { expect, test } from "./room";

test.use({
  launchOptions: launchWith("--use-fake-device-for-media-stream", "--deny-permission-prompts"),
});

test("a denied camera is said with the next step", async ({ room }) => {
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.notices()).toContainText("The browser does not let this page use the camera.");
  await expect(room.notices()).toContainText("The map works without it.");
  await expect(room.button("Sensors off")).toBeVisible();
  await room.touch(0.4, 0.4);
  await room.plays();
});

test("on a phone it is said where one has scrolled to", async ({ room }) => {
  const { page } = room;
  await page.setViewportSize({ width: 390, height: 640 });
  await room.open();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.notices()).toContainText("does not let this page use the camera");
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await expect(page.locator(".notice")).toBeInViewport({ ratio: 1 });
});
