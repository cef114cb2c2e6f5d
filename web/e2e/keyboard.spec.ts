/** The third journey: the map and the keyboard alone. */
import { expect, test } from "./room";

test("Tab goes through the page in reading order, and the focus is seen", async ({ room }) => {
  const { page } = room;
  await room.open();
  const names: string[] = [];
  for (let i = 0; i < 16; i++) {
    await page.keyboard.press("Tab");
    names.push(
      await page.evaluate(() => {
        const at = document.activeElement as HTMLElement;
        const outline = getComputedStyle(at).outlineStyle;
        return `${at.ariaLabel ?? at.innerText.split("\n")[0]}${outline === "none" ? " (unseen)" : ""}`;
      }),
    );
  }
  expect(names).toEqual([
    "Library",
    "More",
    "Keys",
    "Settings",
    "Sensors off",
    "Mood map",
    "Match",
    "Lift",
    "Calm",
    "Focus",
    "Sleep",
    "Draw a way",
    "What is it for?",
    "Photo or video",
    "Camera",
    "Just play",
  ]);
});

test("arrows move by .05, it speaks, and everything has its key", async ({ room }) => {
  const { page } = room;
  await room.open();
  await page.keyboard.press("m");
  await expect(room.map()).toBeFocused();
  for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowDown");
  await expect(room.map()).toHaveAttribute("data-valence", "0.45");
  await expect(room.map()).toHaveAttribute("data-arousal", "-0.40");
  await expect(room.map()).toHaveAttribute("aria-valuetext", "fairly pleasant, calm");
  await room.plays();
  const first = (await room.session()).playing.track;
  expect(first.valence).toBeGreaterThan(0);
  await expect(page.getByRole("status", { name: "News" })).toContainText(`Now: ${first.title}`);

  // While music plays the arrows still only move you: no other track, no new beginning.
  const before = await room.clock();
  await page.keyboard.press("ArrowRight");
  await expect(room.map()).toHaveAttribute("data-valence", "0.50");
  await page.keyboard.press("ArrowLeft");
  await expect(room.map()).toHaveAttribute("data-valence", "0.45");
  await room.plays();
  await expect(room.title()).toHaveText(first.title);
  expect(await room.clock()).toBeGreaterThan(before);

  await page.keyboard.press("Space");
  await expect.poll(room.paused).toBe(true);
  await page.keyboard.press("Space");
  await expect.poll(room.paused).toBe(false);

  for (const [key, goal] of [
    ["2", "Lift"],
    ["3", "Calm"],
    ["4", "Focus"],
    ["5", "Sleep"],
    ["1", "Match"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("button", { name: new RegExp(`^${goal}`) })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await expect.poll(async () => (await room.session()).goal).toBe(goal.toLowerCase());
  }
  await expect(room.title()).toHaveText(first.title); // a goal never cuts what plays

  await page.keyboard.press("l");
  await expect(room.button("Like")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("l");
  await expect(room.button("Like")).toHaveAttribute("aria-pressed", "false");

  await page.keyboard.press("Tab"); // away from the map, whose arrows move the hand
  await page.keyboard.press("ArrowRight");
  await expect(room.title()).not.toHaveText(first.title);
  const second = await room.title().textContent();
  await room.plays();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(room.clock).toBeLessThan(0.9);
  await page.keyboard.press("n");
  await expect(room.title()).not.toHaveText(second ?? "");

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("every sensor off");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a drag on the map moves you where it ends", async ({ room }) => {
  const { page } = room;
  await room.open();
  const box = await room.map().boundingBox();
  if (!box) throw new Error("no map");
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.9, { steps: 5 });
  await expect(room.map()).toHaveAttribute("aria-valuetext", "fairly unpleasant, drowsy");
  await page.mouse.up();
  await room.plays();
  expect((await room.session()).mood.valence).toBeCloseTo(-0.6, 1);
});
