/** A face that no light falls on. */
import { expect, test } from "./room";

test.use({ film: "dark.y4m" });

test("in the dark it says so, and says what to do", async ({ room }) => {
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText(/too dark|not sure|turn on a light/);
  await expect(room.button("Camera on, not sure")).toBeVisible();
});
