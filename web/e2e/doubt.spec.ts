/** A face too far off to be read: found, not read, and told what helps. */
import { made } from "./places";
import { expect, test } from "./room";

test.use({ film: "far.y4m" });

test("a face that is found and not read is told why, calmly, and changes nothing", async ({
  room,
}) => {
  const { page } = room;
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("too small in the picture to read");
  await expect(page.locator(".face-box.unread")).toHaveCount(1);
  await expect(room.reading()).not.toContainText(/Your face looks|I see no face/);
  await expect(page.getByRole("status", { name: "News" })).toContainText("too small");
  await expect(room.notices()).toBeEmpty(); // it is no error
  await expect(room.button("Camera on, not sure")).toBeVisible();

  // Looked at for three seconds, the words stand still.
  const changes = await page.evaluate(async () => {
    let changed = 0;
    const card = document.querySelector(".reading-words") as Element;
    const watch = new MutationObserver(() => {
      changed += 1;
    });
    watch.observe(card, { childList: true, characterData: true, subtree: true });
    await new Promise((later) => setTimeout(later, 3000));
    return changed;
  });
  expect(changes).toBe(0);
  const session = await room.session();
  expect(session.mood).toBeNull();
  expect(session.playing).toBeNull();
});

test("of a photo, too", async ({ room }) => {
  await room.open();
  const choosing = room.page.waitForEvent("filechooser");
  await room.button("Photo or video").click();
  await room.button("Choose one").click();
  await (await choosing).setFiles(made("far.jpg"));
  await expect(room.reading()).toContainText("too small in the picture to read");
  await expect(room.page.locator(".face-box.unread")).toHaveCount(1);
  await expect(room.page.getByRole("status", { name: "News" })).toContainText("too small");
  expect((await room.session())?.mood ?? null).toBeNull();
});
