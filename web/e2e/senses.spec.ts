/** What goes wrong before a camera: nobody there, no light, no camera, no leave to use it. */
import type { Page } from "@playwright/test";
import { expect, type Room, test } from "./room";

async function useCamera(room: Room) {
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
}

/** Make the browser refuse the camera as it does for the reason named. */
const refuse = (page: Page, name: string) =>
  page.addInitScript((reason) => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("", reason);
    };
  }, name);

for (const [name, words] of [
  ["NotAllowedError", "The browser does not let this page use the camera."],
  ["NotReadableError", "Another program is using the camera."],
  ["NotFoundError", "There is no camera here."],
] as const)
  test(`${name}: a plain message, and the map works`, async ({ room }) => {
    await refuse(room.page, name);
    await useCamera(room);
    await expect(room.notices()).toContainText(words);
    await expect(room.button("Sensors off")).toBeVisible();
    await room.touch(0.4, 0.4);
    await room.plays();
  });
