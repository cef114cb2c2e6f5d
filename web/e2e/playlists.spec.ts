/** What comes next is taken along: as a file another player reads, and by keyboard alone. */
import { readFileSync } from "node:fs";
import { flaws, SIZES } from "./flaws";
import { expect, test } from "./room";

test("the queue is saved as a file that names what plays and what comes next", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  const session = await room.session();
  const titles = [session.playing, ...session.queue].map(({ track }) => track.title);
  await room.button("Save as a playlist").focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Save as a playlist" });
  const coming = page.waitForEvent("download");
  await sheet.getByRole("button", { name: "Save as M3U8" }).focus();
  await page.keyboard.press("Enter");
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^Queue of [\d .-]+\.m3u8$/);
  const lines = readFileSync(await file.path(), "utf-8").split("\n");
  expect(lines[0]).toBe("#EXTM3U");
  const named = lines.filter((line) => line.startsWith("#EXTINF:"));
  expect(named.map((line) => titles.find((title) => line.endsWith(title)))).toEqual(titles);
  await expect(sheet).toContainText(`Saved: ${file.suggestedFilename()}`);
  await page.keyboard.press("Escape");
  await expect(room.button("Save as a playlist")).toBeFocused();
});

test("saving looks right at every width, light and dark", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  await room.button("Save as a playlist").click();
  const sheet = page.getByRole("dialog", { name: "Save as a playlist" });
  await expect(sheet).toContainText("Connect YouTube in the settings");
  for (const { name, width, height } of SIZES)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      expect(await flaws(page), `${name}, ${colorScheme}`).toEqual([]);
    }
});
