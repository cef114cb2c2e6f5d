/** A way drawn on the map, and the music that follows it; why, what is learned, and the way back. */
import { flaws, SIZES } from "./flaws";
import { PICTURES, picture } from "./pictures";
import { expect, type Room, test } from "./room";

interface Point {
  valence: number;
  arousal: number;
}

const TENSE: Point = { valence: -0.6, arousal: 0.6 };
const CALM: Point = { valence: 0.5, arousal: -0.6 };
const apart = (one: Point, other: Point) =>
  Math.hypot(one.valence - other.valence, one.arousal - other.arousal);
const mean = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

/** Draw with the hand, from tense over the middle to calm. */
async function draw(room: Room) {
  const { page } = room;
  await room.button("Draw a way").click();
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("The sheet to draw on is not in sight.");
  const to = ({ valence, arousal }: Point) =>
    [box.x + (box.width * (valence + 1)) / 2, box.y + (box.height * (1 - arousal)) / 2] as const;
  await page.mouse.move(...to(TENSE));
  await page.mouse.down();
  await page.mouse.move(...to({ valence: -0.1, arousal: 0.2 }), { steps: 8 });
  await page.mouse.move(...to(CALM), { steps: 8 });
  await page.mouse.up();
  await expect(room.button("Set out")).toBeVisible();
}

async function setOut(room: Room, minutes = 15) {
  await draw(room);
  await room.button(`${minutes} minutes`).click();
  await room.button("Set out").click();
  await expect(room.page.getByText(/Song 1 of/)).toBeVisible();
  await expect.poll(async () => (await room.session())?.playing?.track.id).toBeTruthy();
}

/** Let the song that plays be over, as if its minute had gone by. A skip takes no time. */
async function hearOut(room: Room) {
  const { id, playing, revision } = await room.session();
  await room.page.evaluate(
    async ({ id, track }) => {
      const told = await fetch(`/api/sessions/${id}/next`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          answer: "finished",
          position_s: track.duration_s,
          playing: track.id,
        }),
      });
      if (!told.ok) throw new Error(await told.text());
    },
    { id, track: playing.track },
  );
  await expect.poll(async () => (await room.session()).revision).toBeGreaterThan(revision);
}

test("a way drawn from tense to calm is followed, song by song, to its end", async ({ room }) => {
  const { page } = room;
  await room.open();
  await setOut(room);
  const first = await room.session();
  expect(first.aim.minutes).toBe(15);
  expect(apart(first.aim.way[0], TENSE)).toBeLessThan(0.1);
  expect(apart(first.aim.way.at(-1), CALM)).toBeLessThan(0.1);
  await expect(page.locator(".way-stop").first()).toBeVisible();
  await expect(page.getByRole("list", { name: "What the marks mean" })).toContainText("planned");

  // From here on what plays is watched, until the page says that one is there.
  const targets: number[] = [];
  const places: number[] = [];
  const arrived = page.getByText("You have arrived.");
  for (let song = 0; song < 40 && !(await arrived.isVisible()); song++) {
    const { playing, queue } = await room.session();
    const planned = queue.map((one: { target: Point }) => apart(one.target, CALM));
    // Each song of the queue should lie no farther from calm than the one before it.
    for (let i = 1; i < planned.length; i++)
      expect(planned[i]).toBeLessThanOrEqual((planned[i - 1] as number) + 0.02);
    targets.push(apart(playing.target, CALM));
    places.push(apart(playing.track, CALM));
    await hearOut(room);
  }
  await expect(arrived).toBeVisible();
  const third = Math.floor(places.length / 3);
  expect(third).toBeGreaterThan(0);
  expect(targets[0]).toBeGreaterThan(1);
  expect(targets.at(-1)).toBeLessThan(0.4);
  // The music itself went there, as far as the demo's few songs can.
  expect(mean(places.slice(-third))).toBeLessThan(mean(places.slice(0, third)) - 0.4);

  await room.button("End the journey").click();
  await expect(room.button("Draw a way")).toBeVisible();
  await expect(page.locator(".way-stop")).toHaveCount(0);
  expect((await room.session()).aim.way).toEqual([]);
});

test("the keys alone draw a way, set out and end it", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.button("Draw a way").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("application")).toBeFocused();
  for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowLeft");
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  for (let i = 0; i < 22; i++) await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 22; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText("From fairly unpleasant, tense to fairly pleasant, calm."),
  ).toBeVisible();
  await expect(room.button("Set out")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(room.button("End the journey")).toBeFocused();
  await room.plays(0.2);
  const { way } = (await room.session()).aim;
  expect(way[0]).toEqual({ valence: -0.6, arousal: 0.5 });
  expect(way.at(-1)).toEqual({ valence: 0.5, arousal: -0.6 });

  await page.getByText("The plan, song by song").focus();
  await page.keyboard.press("Enter");
  const title = (await room.session()).playing.track.title;
  await expect(page.locator(".plan li").first()).toContainText(title);

  await room.button("End the journey").focus();
  await page.keyboard.press("Enter");
  await expect(room.button("Draw a way")).toBeFocused();
});

test("what was done is taken back by its button, by U and by Ctrl and Z", async ({ room }) => {
  const { page } = room;
  const done = page.locator(".done");
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  const title = (await room.title().textContent()) ?? "";

  await page.keyboard.press("Tab");
  await page.keyboard.press("l");
  await expect(done).toContainText(`You like “${title}”.`);
  await page.keyboard.press("u");
  await expect(done).toContainText("Taken back.");
  await expect(room.button("Like")).toHaveAttribute("aria-pressed", "false");

  await room.button("Not now").click();
  await expect(room.title()).not.toHaveText(title);
  await page.keyboard.press("Control+z");
  await expect(room.title()).toHaveText(title);

  await room.button("More answers").click();
  await room.button("Never this song again").click();
  await expect(room.title()).not.toHaveText(title);
  await done.getByRole("button", { name: "Undo" }).click();
  await expect(room.title()).toHaveText(title);
  const learned = await (await fetch(`${room.server.address}/api/me/learned`)).json();
  expect(learned.never).toEqual([]);
});

test("the queue is arranged by the keys, and says what became of it", async ({ room }) => {
  const { page } = room;
  const titles = async () =>
    (await room.session()).queue.map((one: { track: { title: string } }) => one.track.title);
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  const [first, second] = await titles();
  await room.button(`Change “${second}”`).focus();
  await page.keyboard.press("Enter");
  await room.button("Move up").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".done")).toContainText(`“${second}” is number 1 now`);
  await expect.poll(async () => (await titles())[0]).toBe(second);
  await expect(room.button("Move up")).toBeFocused();
  await expect(page.locator(".queue-row").first()).toContainText("stays here");

  await room.button("Remove").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".done")).toContainText(`“${second}” is out of the queue.`);
  expect(await titles()).not.toContain(second);
  await page.keyboard.press("u");
  await expect.poll(async () => (await titles())[0]).toBe(second);
  await page.keyboard.press("u");
  await expect.poll(async () => (await titles())[0]).toBe(first);
});

test("why this song: the sentence, what counted, and what else there was", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  const { playing } = await room.session();
  await room.button("Why this song").focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Why this song" });
  await expect(sheet).toContainText(playing.because);
  await expect(sheet).toContainText(playing.instead);
  expect(await sheet.locator(".why-terms li").count()).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect(room.button("Why this song")).toBeFocused();

  const other = (await room.session()).queue[0].track;
  await fetch(`${room.server.address}/api/sessions/${(await room.session()).id}/play`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ uri: other.id }),
  });
  await expect(room.title()).toHaveText(other.title);
  await room.button("Why this song").click();
  await expect(sheet).toContainText("You picked this one yourself.");
});

test("what was learned is seen, told, taken back, taken along and forgotten", async ({ room }) => {
  const { page, server } = room;
  await room.open();
  await room.button("Settings").click();
  await room.button("What I have learned about you").click();
  const sheet = page.getByRole("dialog", { name: "What I have learned about you" });
  await expect(sheet).toContainText("Nothing has been learned yet");
  await expect(sheet).toContainText("No effect known yet");
  await sheet.getByRole("button", { name: "Close" }).click();

  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  const { track } = (await room.session()).playing;
  await room.button("Like").click();
  await expect(room.button("Like")).toHaveAttribute("aria-pressed", "true");
  await hearOut(room);
  await room.button("Settings").click();
  await room.button("What I have learned about you").click();
  await expect(sheet).toContainText("From 2 answers");
  await sheet.getByRole("button", { name: `Take back: ${track.title}` }).click();
  await expect(sheet).toContainText("None yet.");

  await sheet.getByLabel("When").selectOption("sad");
  await sheet.getByLabel("Name of the artist").fill(track.artist);
  await sheet.getByRole("button", { name: "Tell me" }).click();
  await expect(sheet).toContainText(`When you are sad: play ${track.artist}.`);

  const plays = [
    { track_metadata: { artist_name: track.artist, track_name: track.title }, listened_at: 1 },
    { track_metadata: { artist_name: "Nobody", track_name: "Nothing" }, listened_at: 2 },
  ];
  const choosing = page.waitForEvent("filechooser");
  await sheet.getByRole("button", { name: "Bring a listening history" }).click();
  await (await choosing).setFiles({
    name: "listens.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(plays)),
  });
  await expect(sheet).toContainText("2 plays read, 1 of them of 1 song you have here.");

  const saving = page.waitForEvent("download");
  await sheet.getByRole("link", { name: "Save it all as a file" }).click();
  expect((await saving).suggestedFilename()).toBe("affetto-learned.json");

  await sheet.getByRole("button", { name: "Forget what was learned" }).click();
  await expect(sheet).toContainText("What you told me stays");
  await sheet.getByRole("button", { name: "Forget it" }).click();
  await expect(sheet).toContainText("I know you as little as on the first day.");
  await expect(sheet).toContainText("Nothing has been learned yet");
  await expect(sheet).toContainText(`When you are sad: play ${track.artist}.`);
  const left = await (await fetch(`${server.address}/api/me/learned`)).json();
  expect([left.answers, left.liked, left.imported]).toEqual([0, [], 0]);
});

test("when what was learned cannot be fetched it says so, and tries again", async ({ room }) => {
  const { page } = room;
  await room.open();
  await page.route("**/api/me/learned", (route) => route.abort(), { times: 1 });
  await room.button("Settings").click();
  await room.button("What I have learned about you").click();
  const sheet = page.getByRole("dialog", { name: "What I have learned about you" });
  await expect(sheet).toContainText("What I know could not be fetched.");
  await sheet.getByRole("button", { name: "Try again" }).click();
  await expect(sheet).toContainText("Nothing has been learned yet");
});

/** The views of a journey and of what is learned, one after the other. */
async function* views(room: Room): AsyncGenerator<string> {
  const { page } = room;
  await room.open();
  await room.button("Draw a way").click();
  yield "drawing";
  await page.keyboard.press("Escape");
  await draw(room);
  yield "drawn";
  await room.button("Set out").click();
  await expect(page.getByText(/Song 1 of/)).toBeVisible();
  await page.getByText("The plan, song by song").click();
  await page.getByText("What is it for?").click();
  yield "under way";
  await room.button("Like").click();
  await expect(page.locator(".done")).toContainText("You like");
  await room.button("More answers").click();
  yield "more answers";
  await page.keyboard.press("Escape");
  await room
    .button(/^Change/)
    .first()
    .click();
  yield "the queue in hand";
  await room.button("Why this song").click();
  await expect(page.locator(".why-terms")).toBeVisible();
  yield "why";
  await room.button("What I have learned about you").click();
  await expect(page.getByText("From 1 answer nothing")).toBeVisible();
  for (const more of await page.getByText(/Not clear yet: \d/).all()) await more.click();
  await room.button("Forget what was learned").click();
  yield "learned";
}

for (const { name, width, height } of SIZES)
  for (const colorScheme of ["light", "dark"] as const)
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme });

      test("a journey and the learned: nothing for axe to find, nothing cut off", {
        tag: "@pictures",
      }, async ({ room }) => {
        for await (const view of views(room)) {
          expect(await flaws(room.page), `in the view “${view}”`).toEqual([]);
          if (view === "drawn" || view === "why") await picture(room.page, view);
        }
      });

      test("pictures of a journey and of the learned", { tag: "@pictures" }, async ({ room }) => {
        test.skip(!PICTURES, "only for pictures");
        const { page } = room;
        await room.open();
        await setOut(room);
        for (let song = 0; song < 4; song++) await hearOut(room);
        await room.plays(1);
        await page.evaluate(() => scrollTo(0, 0));
        await picture(page, "journey");
        for (let song = 0; song < 6; song++) {
          await room.button("Like").click();
          await expect(room.button("Like")).toHaveAttribute("aria-pressed", "true");
          await hearOut(room);
        }
        await room.button("Why this song").click();
        await room.button("What I have learned about you").click();
        await expect(page.getByText(/^From \d+ answers/)).toBeVisible();
        await page
          .getByText(/Not clear yet: \d/)
          .first()
          .click();
        await picture(page, "learned");
      });
    });
