/** What reads faces can and cannot do: from the sensors, before a yes, and beside a reading. */
import { made } from "./places";
import { expect, type Room, test } from "./room";

const CARD = "What this can and cannot do";
const card = (room: Room) => room.page.getByRole("dialog", { name: CARD });

test("the card's own figures are told, and what it cannot do", async ({ room }) => {
  await room.open();
  await room.button("Sensors off").click();
  await room.button(CARD).click();
  const { model } = (await (await fetch(`${room.server.address}/api/house`)).json()).sensing;
  const [scores] = model.scores;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  for (const words of [
    "An expression is not a feeling",
    `Right about ${Math.round(10 * scores.accuracy)} times in 10`,
    `${percent(scores.accuracy)} of ${scores.n.toLocaleString("en")} photos`,
    `${percent(scores.ci95[0])} and ${percent(scores.ci95[1])}`,
    percent(scores.ferplus_accuracy),
    `ECE ${scores.ece.toFixed(3)}`,
    model.data,
    model.notes,
    `Licence: ${model.licence}`,
    "turned away, plainly covered, too dark",
    model.groups || "Not available",
    `${(model.size_bytes / 1e6).toFixed(1)} MB`,
  ])
    await expect(card(room)).toContainText(words);
  await expect(card(room).getByRole("listitem").filter({ hasText: /\d+$/ })).toHaveCount(
    model.labels.length,
  );
});

test("by keyboard: it opens over the sheet it was asked from, scrolls, and gives focus back", async ({
  room,
}) => {
  const { page } = room;
  await page.setViewportSize({ width: 360, height: 640 });
  await room.open();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await room.button("Sensors off").focus();
  await page.keyboard.press("Enter");
  await room.button(CARD).focus();
  await page.keyboard.press("Enter");
  await expect(card(room)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  await expect(card(room).getByText(/Licence:/)).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(card(room)).toHaveCount(0);
  expect(await focused()).toBe(CARD);
  await expect(page.getByRole("dialog", { name: "Sensors" })).toBeVisible();
  await page.waitForTimeout(1100); // a second Escape within a second means every sensor off
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await focused()).toBe("Sensors off");
});

test("before a yes, and beside a reading", async ({ room }) => {
  await room.open();
  await room.button("Photo or video").click();
  await room.button(CARD).click();
  await expect(card(room)).toBeVisible();
  await card(room).getByRole("button", { name: "Close" }).click();
  const choosing = room.page.waitForEvent("filechooser");
  await room.button("Choose one").click();
  await (await choosing).setFiles(made("face.jpg"));
  await expect(room.reading()).toContainText("Your face looks happy");
  await room.reading().getByRole("button", { name: CARD }).click();
  await expect(card(room)).toBeVisible();
});
