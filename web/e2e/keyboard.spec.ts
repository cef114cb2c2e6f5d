/** The whole product by the keyboard alone: where the focus is, and what is said, at each step. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Page } from "@playwright/test";
import { Keys } from "./keys";
import { here, MUSIC, made, PYTHON } from "./places";
import { expect, Room, Server, test } from "./room";

test.use({ film: "face.y4m" });

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

test("an evening by the keys alone, from the first steps to the end of the session", async ({
  room,
}) => {
  test.setTimeout(240_000);
  const { page } = room;
  const keys = await Keys.at(page);
  const dialog = (name: string) => page.getByRole("dialog", { name });
  const done = page.locator(".done");
  await room.open();

  // The first steps are read out one by one, and leave the focus in the page.
  await keys.use(room.button("Go on"));
  await keys.hears("Where the music is");
  await keys.press("Enter");
  await keys.hears("No picture is kept.");
  await keys.on(room.button("Done"));
  await keys.press("Enter");
  await expect(page.getByRole("region", { name: "First steps" })).toHaveCount(0);
  await keys.stays();

  // What is read and said may be kept; so it asks how one is, before the music.
  const lamp = room.button("Sensors off");
  await keys.use(lamp);
  await keys.use(room.button("Keep readings"));
  await expect(room.button("Keep readings no more")).toBeFocused();
  await keys.press("Escape");
  await keys.on(lamp);
  await keys.use(room.button("Or just play something"));
  await keys.on(room.button("Pause"));
  await keys.use(room.button("Or on the map"));
  await keys.to(page.getByRole("slider", { name: /small map/ }));
  await keys.press("ArrowLeft", "ArrowLeft", "ArrowUp", "Enter");
  await keys.hears("It is in your history.");
  await keys.stays();

  // A mood on the map, and where it should lead.
  await keys.press("m");
  await keys.on(room.map());
  for (let i = 0; i < 9; i++) await keys.press("ArrowRight");
  for (let i = 0; i < 8; i++) await keys.press("ArrowDown");
  await expect(room.map()).toHaveAttribute("data-valence", "0.45");
  await expect(room.map()).toHaveAttribute("data-arousal", "-0.40");
  await expect(room.map()).toHaveAttribute("aria-valuetext", "fairly pleasant, calm");
  await room.plays(0.2);
  await expect.poll(async () => (await room.session()).mood?.valence ?? 0).toBeGreaterThan(0.3);
  const pressed = (name: RegExp) =>
    expect(room.button(name)).toHaveAttribute("aria-pressed", "true");
  for (const [key, goal] of [
    ["2", /^Lift/],
    ["3", /^Calm/],
    ["4", /^Focus/],
    ["5", /^Sleep/],
    ["1", /^Match/],
  ] as const) {
    await keys.press(key);
    await pressed(goal);
  }
  await keys.on(room.map());
  await keys.press("Space");
  await expect.poll(room.paused).toBe(true);
  await keys.press("Space");
  await expect.poll(room.paused).toBe(false);

  // The player: what plays, where in it, and how loud.
  const first = (await room.title().textContent()) ?? "";
  await keys.to(room.button("Next"));
  await keys.press("Enter");
  await expect(room.title()).not.toHaveText(first);
  await keys.on(room.button("Next"));
  const position = page.getByRole("slider", { name: "Position" });
  await keys.to(position);
  await room.plays(0.2);
  await keys.press("PageUp");
  await expect.poll(room.clock).toBeGreaterThan(3);
  await keys.use(room.button("Back"));
  await expect.poll(room.clock).toBeLessThan(3);
  await keys.press("Enter");
  await expect(room.title()).toHaveText(first);
  await keys.stays();
  await keys.press("ArrowRight");
  await expect(room.title()).not.toHaveText(first);
  const volume = page.getByRole("slider", { name: "Volume" });
  await keys.to(volume);
  await keys.press("ArrowLeft");
  await expect(volume).toHaveAttribute("aria-valuetext", /^\d+\s?%$/);
  await keys.press("l");
  await expect(room.button("Like")).toHaveAttribute("aria-pressed", "true");
  await keys.hears(/You like “.+”\./);
  await keys.press("u");
  await expect(room.button("Like")).toHaveAttribute("aria-pressed", "false");
  await keys.hears("Taken back.");
  const third = (await room.title().textContent()) ?? "";
  await keys.use(room.button("Not now"));
  await keys.hears(`Not now: “${third}”.`);
  await keys.on(room.button("Not now"));
  await keys.use(done.getByRole("button", { name: "Undo" }));
  await expect(room.title()).toHaveText(third);
  await keys.stays(page.getByRole("region", { name: "Now playing" }));

  // The queue: moved, kept, removed, and back again.
  const titles = async () =>
    (await room.session()).queue.map((one: { track: { title: string } }) => one.track.title);
  const [one, two] = await titles();
  await keys.use(room.button(`Move “${two}”`), "ArrowUp");
  await expect.poll(async () => (await titles())[0]).toBe(two);
  await keys.hears(`“${two}” is number 1 now`);
  await keys.on(room.button(`Move “${two}”`));
  await keys.use(room.button(`Change “${one}”`));
  await keys.use(room.button("Keep it here"));
  await keys.hears(`“${one}” stays where it is.`);
  await keys.on(room.button("Let it change"));
  const [, , after] = await titles();
  await keys.use(room.button("Remove"));
  await keys.hears(`“${one}” is out of the queue.`);
  await keys.on(room.button(`Move “${after}”`));
  await keys.press("u");
  await expect.poll(titles).toContain(one);

  // A photo: asked first, chosen, read, corrected and put away.
  const photo = room.button("Photo or video");
  await keys.use(photo);
  await keys.stays(dialog("Read a photo or video?"));
  await keys.to(room.button("Choose one"));
  const choosing = page.waitForEvent("filechooser");
  await keys.press("Enter");
  await (await choosing).setFiles(made("face.jpg"));
  await expect(room.reading()).toContainText("Your face looks happy");
  await keys.on(photo);
  await keys.use(room.button("Not how I feel"));
  await keys.hears("leave your face alone");
  await keys.stays(room.reading());
  await keys.use(room.button("Put the photo away"));
  await expect(room.reading()).toHaveCount(0);
  await keys.stays();

  // The camera: asked first, and off again with two presses.
  await keys.use(room.button("Camera"));
  await keys.stays(dialog("Use the camera?"));
  await keys.press("Escape");
  await keys.on(room.button("Camera"));
  await keys.press("Enter");
  await keys.use(room.button("Use the camera"));
  const stop = room.button("Stop the camera");
  await keys.on(stop);
  const live = () =>
    page.evaluate(() => window.streams.flatMap((one) => one.getTracks()).map((t) => t.readyState));
  await expect.poll(live).toContain("live");
  await keys.press("Escape", "Escape");
  await expect.poll(live).not.toContain("live");
  await keys.hears("Every sensor is off.");
  await keys.on(room.button("Camera"));

  // The keys themselves, and the end: how one is now, the history, and a copy of it.
  await keys.press("?");
  await keys.stays(dialog("Keys"));
  await keys.press("Escape");
  await keys.on(room.button("Camera"));
  const more = room.button("More");
  await keys.use(more);
  await keys.use(dialog("More").getByRole("button", { name: /^End this session/ }));
  await keys.stays(dialog("End this session"));
  await keys.use(room.button("calm"));
  const history = dialog("History");
  await keys.on(room.button("Back to the history"));
  await keys.press("Enter");
  await expect(history.getByText("Your week")).toBeVisible();
  await keys.stays(history);
  const saving = page.waitForEvent("download");
  await keys.use(history.getByRole("link", { name: "Save as a table (CSV)" }));
  expect(readFileSync(await (await saving).path(), "utf8")).toContain(",saying,before,");
  await keys.press("Escape");
  await keys.on(more);
  expect(await keys.pointed()).toBe(0);
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

test("the sheets by the keys alone: the library, the settings, where music lives, the queue, five songs", async ({
  page,
}, { workerIndex }) => {
  test.setTimeout(240_000);
  const plugin = made(`keyboard-plugin-${workerIndex}`);
  execFileSync(PYTHON, [here("../../tests/plugin_kit.py"), plugin]);
  const data = made(`keyboard-${workerIndex}`);
  cpSync(MUSIC, join(data, "demo"), { recursive: true });
  const found = [plugin, process.env.PYTHONPATH].filter(Boolean).join(delimiter);
  const server = await Server.begin({ AFFETTO_DATA_DIR: data, PYTHONPATH: found });
  try {
    const keys = await Keys.at(page);
    const room = new Room(page, server);
    await room.open();
    await library(room, keys);
    await settings(room, keys);
    await connections(room, keys);
    await queue(room, keys);
    await five(room, keys);
    expect(await keys.pointed()).toBe(0);
  } finally {
    await server.stop();
  }
});

test("the table of songs and the lists by the keys alone", async ({ room }) => {
  const keys = await Keys.at(room.page);
  await room.open();
  await table(room, keys);
  await lists(room, keys);
  expect(await keys.pointed()).toBe(0);
});

const sheet = (page: Page, name: string) => page.getByRole("dialog", { name });

/** Open one of the views behind the door at the top. */
async function enter({ page, button }: Room, keys: Keys, name: string) {
  await keys.use(button("More"));
  await keys.use(sheet(page, "More").getByRole("button", { name: new RegExp(`^${name}`) }));
  await keys.stays(sheet(page, name));
  return sheet(page, name);
}

async function leave({ button }: Room, keys: Keys, opener: string) {
  await keys.press("Escape");
  await keys.on(button(opener));
}

async function library(room: Room, keys: Keys) {
  const { page } = room;
  await keys.use(room.button("Library"));
  const music = sheet(page, "Your music");
  await keys.stays(music);
  await keys.to(music.getByRole("searchbox"));
  await keys.type("low tide");
  await keys.hears("1 track");
  await keys.use(music.getByRole("button", { name: /^Low Tide/ }));
  await keys.on(room.button("Back to the list"));
  await keys.use(room.button("Play it"));
  await expect(room.title()).toHaveText("Low Tide");
  await keys.use(room.button("Back to the list"));
  await keys.on(music.getByRole("button", { name: /^Low Tide/ }));
  await leave(room, keys, "Library");
}

async function settings(room: Room, keys: Keys) {
  const { page } = room;
  const html = page.locator("html");
  await keys.use(room.button("Settings"));
  await keys.use(room.button("High contrast"));
  await expect(html).toHaveAttribute("data-contrast", "true");
  await keys.on(room.button("High contrast"));
  await keys.use(room.button("Deutsch"));
  await expect(html).toHaveAttribute("lang", "de");
  await keys.on(room.button("Deutsch"));
  await keys.use(room.button("English"));
  await expect(html).toHaveAttribute("lang", "en");
  await leave(room, keys, "Settings");
}

async function connections(room: Room, keys: Keys) {
  const { page } = room;
  await keys.use(room.button("Settings"));
  await keys.use(room.button("Where your music lives"));
  const lives = sheet(page, "Where your music lives");
  await keys.stays(lives);
  const button = (name: string) => lives.getByRole("button", { name, exact: true });
  await keys.use(button("Connect Jukebox"));
  await keys.on(lives.getByLabel("Room"));
  await keys.to(lives.getByLabel("Coin"));
  await keys.type("button");
  await keys.press("Enter");
  await keys.hears("The coin does not fit. Put in a dime.");
  await keys.on(lives.getByLabel("Coin"));
  await keys.press("ControlOrMeta+a");
  await keys.type("dime");
  await keys.press("Enter");
  await keys.hears("Jukebox is connected.");
  await keys.stays(lives);
  await keys.use(button("Test Jukebox"));
  await keys.hears("The coin fits.");
  await keys.on(button("Test Jukebox"));
  await keys.use(button("Disconnect Jukebox"));
  await keys.on(button("Keep it"));
  await keys.press("Enter");
  await keys.stays(lives);
  await keys.use(button("Disconnect Jukebox"));
  await keys.use(button("Disconnect"));
  await keys.hears("Jukebox is disconnected.");
  await keys.stays(lives);
  await leave(room, keys, "Settings");
}

async function queue(room: Room, keys: Keys) {
  const { page } = room;
  await keys.use(room.button("Save as a playlist"));
  const save = sheet(page, "Save as a playlist").getByRole("button", { name: "Save as XSPF" });
  const coming = page.waitForEvent("download");
  await keys.use(save);
  const name = (await coming).suggestedFilename();
  expect(name).toMatch(/^Queue of .+\.xspf$/);
  await keys.hears(`Saved: ${name}`);
  await keys.on(save);
  await leave(room, keys, "Save as a playlist");
}

async function five(room: Room, keys: Keys) {
  const songs = await enter(room, keys, "Five songs");
  await keys.use(songs.getByRole("button", { name: "Calm" }));
  const picks = songs.getByRole("button", { name: /^Pick / });
  await expect(picks).toHaveCount(5);
  await keys.use(picks.nth(2));
  await keys.on(room.button("Back to the five"));
  const play = songs.getByRole("button", { name: /^Play / }).nth(1);
  await expect(play).toBeVisible();
  const title = (await play.getAttribute("aria-label"))?.replace("Play ", "") ?? "";
  await keys.use(play);
  await keys.hears(`${title} plays.`);
  await keys.on(play);
  await keys.use(room.button("Back to the five"));
  await keys.stays(songs);
  await keys.use(room.button("Five others"));
  await keys.stays(songs);
  await leave(room, keys, "More");
  await expect(room.title()).toHaveText(title);
}

async function table(room: Room, keys: Keys) {
  const songs = await enter(room, keys, "Most popular");
  await keys.use(songs.getByRole("button", { name: "Sad" }));
  await keys.on(songs.getByRole("button", { name: "Sad" }));
  await expect(songs.getByRole("row").nth(1)).toContainText("Sad");
  await keys.hears(/\d+ songs?, \d+ of them can be played here\./);
  const play = songs.getByRole("button", { name: /^Play / }).first();
  const title = (await play.getAttribute("aria-label"))?.replace("Play ", "") ?? "";
  await keys.use(play);
  await keys.on(play);
  await leave(room, keys, "More");
  await expect(room.title()).toHaveText(title);
}

async function lists(room: Room, keys: Keys) {
  const songs = await enter(room, keys, "Song lists");
  await keys.to(songs.getByRole("combobox", { name: "Which list" }));
  await keys.type("Surprised");
  await keys.use(room.button("Add a song"));
  await keys.on(songs.getByRole("textbox", { name: "Title" }));
  await keys.type("Paper Boats");
  await keys.to(songs.getByRole("textbox", { name: "Artist" }));
  await keys.type("Low Tide");
  await keys.press("Enter");
  await keys.hears("Paper Boats is kept.");
  await keys.on(room.button("Add a song"));
  await keys.use(room.button("Change Paper Boats"));
  await keys.on(songs.getByRole("textbox", { name: "Title" }));
  await keys.press("End");
  await keys.type(" Again");
  await keys.press("Enter");
  await keys.hears("Paper Boats Again is kept.");
  await keys.stays(songs);
  await keys.use(room.button("Remove Paper Boats Again"));
  await keys.hears("Paper Boats Again is removed.");
  await keys.stays(songs);
  await keys.use(room.button("Put it back"));
  await expect(room.button("Remove Paper Boats Again")).toBeVisible();
  await keys.stays(songs);
  await keys.use(room.button("Remove Paper Boats Again")); // as it was, for whoever comes next
  await expect(room.button("Remove Paper Boats Again")).toHaveCount(0);
  await leave(room, keys, "More");
}
