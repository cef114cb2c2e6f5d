/** Services that music goes out to: what they get is read before they are connected. */
import { flaws, SIZES } from "./flaws";
import { expect, test } from "./room";

test("what ListenBrainz gets is read first, and looks right at every width", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.button("Settings").click();
  await room.button("Where your music lives").click();
  const sheet = page.getByRole("dialog", { name: "Where your music lives" });
  await sheet.getByRole("button", { name: "Connect ListenBrainz" }).click();
  await expect(sheet).toContainText("Nothing of your mood");
  await sheet.getByRole("button", { name: "Connect YouTube" }).click();
  await expect(sheet).toContainText("/api/youtube/callback");
  for (const { name, width, height } of SIZES)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      expect(await flaws(page), `${name}, ${colorScheme}`).toEqual([]);
    }
});
