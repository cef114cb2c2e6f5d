/** Nobody before the camera. */
import { expect, test } from "./room";

test.use({ film: "nobody.y4m" });

test("an empty chair changes nothing, and the page says what to do", async ({ room }) => {
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("I see no face. Come before the lens");
  await expect(room.reading()).not.toContainText("Your face looks");
  await expect(room.page.locator(".face-box")).toHaveCount(0);
  const session = await room.session();
  expect(session.mood).toBeNull();
  expect(session.playing).toBeNull();
});
