/** A stranger's provider: connected, tried, heard, played through its player, and let go. */
import { execFileSync } from "node:child_process";
import { flaws, SIZES } from "./flaws";
import { PICTURES, picture } from "./pictures";
import { here, made, PYTHON } from "./places";
import { expect, Room, Server, test } from "./room";

test(
  "one connects a jukebox, plays through it with the page as its remote, and lets it go",
  { tag: "@pictures" },
  async ({ page }, { workerIndex }) => {
    const plugin = made(`plugin-${workerIndex}`);
    execFileSync(PYTHON, [here("../../tests/plugin_kit.py"), plugin]);
    const server = await Server.begin({
      AFFETTO_DATA_DIR: made(`connections-${workerIndex}`),
      AFFETTO_DEMO: "false",
      AFFETTO_PROVIDERS: "[]",
      PYTHONPATH: plugin,
    });
    try {
      await journey(new Room(page, server));
    } finally {
      await server.stop();
    }
  },
);

async function journey(room: Room) {
  const { page } = room;
  const sheet = page.getByRole("dialog", { name: "Where your music lives" });
  const button = (name: string) => sheet.getByRole("button", { name, exact: true });
  const open = async () => {
    await room.button("Settings").click();
    await room.button("Where your music lives").click();
  };
  const close = () => button("Close").click();
  await page.goto(room.server.address);
  await open();
  await expect(sheet).toContainText("Nothing is connected yet.");

  // By keyboard alone: a wrong word is told with what to do, and keeps nothing.
  await button("Connect Jukebox").press("Enter");
  await expect(sheet.getByLabel("Room")).toBeFocused();
  await sheet.getByLabel("Coin").fill("button");
  await page.keyboard.press("Enter");
  await expect(sheet).toContainText("The coin does not fit. Put in a dime.");
  await expect(sheet).toContainText("nothing was kept");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await flaws(page), "what does not work, on a phone").toEqual([]);
  await sheet.getByLabel("Coin").fill("dime");
  await page.keyboard.press("Enter");
  await expect(sheet).toContainText("Jukebox is connected.");
  await expect(sheet.getByRole("region", { name: "Jukebox" })).toContainText("3 songs");
  await button("Test Jukebox").click();
  await expect(sheet).toContainText("The coin fits.");
  expect(await flaws(page), "connected, on a phone").toEqual([]);
  if (PICTURES)
    for (const size of SIZES)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await picture(page, "connections");
      }
  await page.setViewportSize({ width: 1280, height: 860 });

  // Its songs are here, and sound there.
  await button("Jukebox").click();
  await expect(sheet).toContainText("It sounds in Jukebox now.");
  await close();
  await room.touch(0.5, -0.5);
  await expect(room.title()).toHaveText("Tin Moon");
  await expect(page.locator(".player-words")).toContainText("sounds in Jukebox");
  const sounds = async () => await (await fetch(`${room.server.address}/api/sounds`)).json();
  await expect.poll(async () => (await sounds()).state).toBe("playing");
  const place = page.getByRole("slider", { name: "Position" });
  const at = async () => Number(await place.inputValue());
  await expect.poll(at).toBeGreaterThan(1); // the page shows how it moves
  expect(await room.paused()).toBe(true); // and makes no sound itself
  await room.button("Pause").click();
  await expect.poll(async () => (await sounds()).state).toBe("resting");
  await room.button("Play").click();
  await expect.poll(async () => (await sounds()).state).toBe("playing");
  await room.button("Next").click();
  await expect(room.title()).not.toHaveText("Tin Moon");

  await open();
  await button("Disconnect Jukebox").click();
  await expect(button("Keep it")).toBeFocused();
  await button("Disconnect").click();
  await expect(sheet).toContainText("Jukebox is disconnected.");
  await expect(sheet).toContainText("Nothing is connected yet.");
  expect(await flaws(page), "disconnected").toEqual([]);
  expect((await sounds()).outlet).toBeNull();
  expect((await (await fetch(`${room.server.address}/api/tracks`)).json()).total).toBe(0);
}
