/** The page in another language, from right to left, and its settings by the keyboard. */
import { flaws, SIZES } from "./flaws";
import { expect, test } from "./room";

test.describe("in a browser that speaks Arabic", () => {
  test.use({ locale: "ar-EG" });

  for (const { name, width, height } of SIZES)
    test(`${name}: the room mirrors, the map keeps its meaning, and nothing is cut off`, async ({
      room,
    }) => {
      const { page } = room;
      await page.setViewportSize({ width, height });
      await page.goto(room.server.address);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("كيف تشعر؟");
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      await expect(page.getByRole("region", { name: "الخطوات الأولى" })).toBeVisible();
      expect(await flaws(page), "first steps").toEqual([]);

      const map = page.getByRole("slider", { name: "خريطة المزاج" });
      const box = await map.boundingBox();
      await map.click({ position: { x: 0.75 * (box?.width ?? 0), y: 0.7 * (box?.height ?? 0) } });
      await room.plays(0.2);
      expect((await room.session()).mood.valence).toBeGreaterThan(0.2); // pleasant is right
      expect(await flaws(page), "playing").toEqual([]);

      for (const sheet of ["المكتبة", "الإعدادات", "الحواس مطفأة", "المزيد"]) {
        await room.button(sheet).first().click();
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await flaws(page), sheet).toEqual([]);
        await page.getByRole("dialog").getByRole("button", { name: "إغلاق" }).click();
      }
    });
});

test("the settings by keyboard alone: German, the largest letters, high contrast, the first steps", async ({
  room,
}) => {
  const { page } = room;
  await page.setViewportSize({ width: 360, height: 800 });
  await room.open();
  await room.button("Go on").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Where the music is")).toBeVisible();
  await room.button("Settings").focus();
  await page.keyboard.press("Enter");
  const pick = async (name: string) => {
    const button = page.getByRole("dialog").getByRole("button", { name, exact: true });
    for (let i = 0; i < 30; i++) {
      if (await button.evaluate((one) => one === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await expect(button).toBeFocused();
    await expect(button).toBeInViewport({ ratio: 1 }); // what has the focus is not hidden
    await page.keyboard.press("Enter");
  };
  await pick("Largest");
  await pick("Deutsch");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  expect(await flaws(page), "settings in German").toEqual([]);
  await pick("Hoher Kontrast");
  await pick("Erste Schritte");
  const guide = page.getByRole("dialog", { name: "Erste Schritte" });
  await expect(guide).toContainText("Sag, wie du dich fühlst");
  expect(await flaws(page), "first steps in German").toEqual([]);
  await pick("Einfach spielen");
  await room.plays(0.2);
  expect(await flaws(page), "playing in German").toEqual([]);

  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wie fühlst du dich?");
  await expect(page.locator("html")).toHaveAttribute("data-text", "largest");
  await expect(page.getByRole("region", { name: "Erste Schritte" })).toHaveCount(0);
});
