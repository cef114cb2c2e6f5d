/** The views behind the door: history, check-in, five songs, the table, the song lists. */
import { readFileSync } from "node:fs";
import { flaws, SIZES } from "./flaws";
import { PICTURES, picture } from "./pictures";
import { expect, type Room, test } from "./room";

/** Go through the door at the top to one of the views. */
async function enter({ page, button }: Room, view: string) {
  await button("More").click();
  await page.getByRole("button", { name: new RegExp(`^${view}`) }).click();
  return page.getByRole("dialog");
}

const close = ({ page }: Room) =>
  page.getByRole("dialog").getByRole("button", { name: "Close" }).click();

/** Agree to have what is read and said kept, past the page. */
async function agree({ server }: Room) {
  const house = await (await fetch(`${server.address}/api/house`)).json();
  const version = house.sensing.consent["keep-readings"].version;
  await fetch(`${server.address}/api/consents`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sensor: "keep-readings", version, given: true }),
  });
}

/** A session of a few songs with its moods, which is over. */
async function evening(room: Room) {
  const at = room.server.address;
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${at}/api/sessions${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return await answer.json();
  };
  const feeling = { valence: -0.5, arousal: 0.4 };
  let session = await ask("", { goal: "calm", lifted: false, ...feeling });
  for (const [valence, arousal] of [
    [-0.2, 0.2],
    [0.2, -0.1],
    [0.5, -0.4],
  ]) {
    const playing = session.playing.track.id;
    await ask(`/${session.id}/touch`, { valence, arousal });
    session = await ask(`/${session.id}/next`, { answer: "skipped", position_s: 30, playing });
  }
  await ask(`/${session.id}/correction`, {});
  await fetch(`${at}/api/history/${session.id}/check-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ moment: "after", valence: 0.5, arousal: -0.5 }),
  });
  await fetch(`${at}/api/sessions/${session.id}`, { method: "DELETE" });
}

test("a session is checked into, ended, looked back at, taken along and deleted", async ({
  room,
}) => {
  const { page } = room;
  await agree(room);
  await room.open();
  await room.button("Or just play something").click();
  await room.button("low").click();
  await expect(room.notices()).toContainText("It is in your history.");
  await enter(room, "End this session");
  await room.button("calm").click();
  const history = page.getByRole("dialog", { name: "History" });
  await expect(history).toContainText("From fairly unpleasant, low to fairly pleasant, calm");
  expect(await room.session()).toBeNull();
  await history.getByText("As a table").click();
  await expect(history.getByRole("row")).toHaveCount(3);
  await room.button("Back to the history").click();
  await expect(history.getByText("1 session, 1 song, less than a minute of music.")).toBeVisible();
  const saving = page.waitForEvent("download");
  await history.getByRole("link", { name: "Save as a table (CSV)" }).click();
  const saved = readFileSync(await (await saving).path(), "utf8");
  expect(saved).toContain(",saying,before,");
  await history.getByRole("button", { name: /^\d+ \w+,/ }).click();
  await room.button("Delete this session").click();
  await room.button("Delete it").click();
  await expect(history).toContainText("Nothing has been played yet.");
});

test("one of five is picked, the others are ranked twice, and one of them plays", async ({
  room,
}) => {
  await room.open();
  const five = await enter(room, "Five songs");
  await five.getByRole("button", { name: "Calm" }).click();
  await expect(five.getByRole("button", { name: /^Pick / })).toHaveCount(5);
  await five
    .getByRole("button", { name: /^Pick / })
    .first()
    .press("Enter");
  await expect(five.getByText(/^cosine [01]\.\d{4}, distance/).first()).toBeVisible();
  await expect(five.getByRole("list")).toHaveCount(2);
  const play = five.getByRole("button", { name: /^Play / }).nth(1);
  const title = (await play.getAttribute("aria-label"))?.replace("Play ", "") ?? "";
  await play.click();
  await close(room);
  await expect(room.title()).toHaveText(title);
  const table = await enter(room, "Most popular");
  await table.getByRole("button", { name: "Sad" }).click();
  await expect(table.getByRole("row").nth(1)).toContainText("Sad");
});

test("a list is edited, what is typed outlives a closed page, and a bad file names its line", async ({
  room,
}) => {
  const { page } = room;
  await room.open();
  let lists = await enter(room, "Song lists");
  await lists.getByRole("combobox", { name: "Which list" }).selectOption("Surprised");
  await room.button("Add a song").click();
  await lists.getByRole("textbox", { name: "Title" }).fill("Paper Boats");
  await page.reload();
  lists = await enter(room, "Song lists");
  await lists.getByRole("combobox", { name: "Which list" }).selectOption("Surprised");
  await expect(lists.getByRole("textbox", { name: "Title" })).toHaveValue("Paper Boats");
  await lists.getByRole("textbox", { name: "Artist" }).fill("Low Tide");
  await room.button("Keep it").click();
  await room.button("Move Paper Boats up").click();
  await expect(lists).toContainText("Paper Boats is now number");
  await room.button("Remove Paper Boats").click();
  await room.button("Put it back").click();
  await expect(lists).toContainText("Paper Boats is kept.");
  const choosing = page.waitForEvent("filechooser");
  await room.button("Bring songs from a file").click();
  const text = "title,artist,year\nA,B,1999\nC,D,soon\n";
  await (await choosing).setFiles({
    name: "mine.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  await expect(lists.getByRole("alert")).toContainText("Line 3 of mine.csv");
  await room.button("Have it as it came").click();
  await room.button("As it came").click();
  await expect(lists).toContainText("The list is as it came.");
});

/** Tell a session that took a second as the forty minutes it stands for. */
async function stretch({ page }: Room) {
  await page.route(/\/api\/history\/[0-9a-f]{32}$/, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const found = JSON.parse(text);
    const moments: string[] = [...text.matchAll(/"at":"([^"]+)"/g)].map(([, at]) => at as string);
    const times = moments.map((at) => Date.parse(at));
    const [from, to] = [Math.min(...times), Math.max(...times)];
    const later = (at: string) =>
      new Date(from + ((Date.parse(at) - from) / (to - from)) * 40 * 60_000).toISOString();
    for (const one of [...found.tracks, ...found.moods]) one.at = later(one.at);
    for (const track of found.tracks) track.heard_s = 245;
    found.corrections = found.corrections.map(later);
    found.session.ended_at = later(found.session.ended_at);
    await route.fulfill({ json: found });
  });
}

/** Each view as it looks when it is full, one after the other. */
async function* views(room: Room): AsyncGenerator<string> {
  const { page } = room;
  await room.button("More").click();
  yield "menu";
  await close(room);
  const history = await enter(room, "History");
  await expect(history.getByText(/^\d+ sessions?, .* of music\.$/)).toBeVisible();
  yield "history";
  await history
    .getByRole("button", { name: /calming/ })
    .first()
    .click();
  await expect(history.getByRole("img", { name: "How your mood went" })).toBeVisible();
  yield "session";
  await close(room);
  const five = await enter(room, "Five songs");
  await five.getByRole("button", { name: "Calm" }).click();
  await five
    .getByRole("button", { name: /^Pick / })
    .first()
    .click();
  await expect(five.getByText(/^cosine/).first()).toBeVisible();
  yield "five";
  await close(room);
  const table = await enter(room, "Most popular");
  await expect(table.getByRole("table")).toBeVisible();
  yield "table";
  await close(room);
  const lists = await enter(room, "Song lists");
  await expect(lists.getByRole("listitem").first()).toBeVisible();
  yield "lists";
  await close(room);
  await page.route("**/api/**", (route) => route.abort());
  await enter(room, "History");
  await expect(page.getByRole("alert")).toContainText("could not be fetched");
  yield "away";
  await close(room);
  await page.unroute("**/api/**");
  await room.button("Or just play something").click();
  await expect(page.getByText("How are you, before the music?")).toBeVisible();
  await room.button("Or on the map").click();
  yield "check-in";
  await page.getByRole("slider", { name: /small map/ }).press("ArrowUp");
  await enter(room, "End this session");
  yield "end";
  await close(room);
}

test("every view, narrow and wide, light and dark: nothing for axe to find, nothing cut off", {
  tag: "@pictures",
}, async ({ room }) => {
  test.setTimeout(300_000);
  const { page } = room;
  await agree(room);
  await evening(room);
  await stretch(room);
  for (const { name, width, height } of SIZES) {
    for (const colorScheme of ["light", "dark"] as const) {
      // Each width and each light once; all four for the pictures.
      if (!PICTURES && (name === "phone") !== (colorScheme === "light")) continue;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const running = await room.session();
      if (running)
        await fetch(`${room.server.address}/api/sessions/${running.id}`, { method: "DELETE" });
      await page.goto(room.server.address);
      await page.evaluate(() => sessionStorage.clear());
      for await (const view of views(room)) {
        expect(await flaws(page), `“${view}”, ${name}, ${colorScheme}`).toEqual([]);
        if (view !== "away") await picture(page, view);
      }
    }
  }
});
