/** A video becomes a line of seconds, read on this device; music for a moment of it. */
import { readFileSync } from "node:fs";
import { flaws, SIZES } from "./flaws";
import { picture } from "./pictures";
import { made } from "./places";
import { expect, type Room, test } from "./room";
import { holdLooks, letGo } from "./workers";

const sheet = (room: Room) => room.page.getByRole("dialog", { name: "A video, second by second" });
const chart = (room: Room) => sheet(room).getByRole("slider");
const parts = (room: Room) => sheet(room).getByRole("list", { name: "The video in parts" });

/** A fast machine reads a short video before anybody can act: let it wait after these seconds. */
const waitAfter = (room: Room, seconds: number) => holdLooks(room.page, 5 * seconds + 1);

async function choose(room: Room, name: string) {
  const choosing = room.page.waitForEvent("filechooser");
  await room.button("Photo or video").click();
  // Asked only once a visit, by a sheet that is fetched when it is first wanted.
  const agreed = room.button("Choose one").click();
  await Promise.race([choosing, agreed.catch(() => {})]);
  await (await choosing).setFiles(made(name));
}

/** Everything the page asks for from now on: method, path and how many bytes it sends. */
function listen(room: Room) {
  const asked: { method: string; path: string; sent: number }[] = [];
  room.page.on("request", (request) => {
    const { pathname, protocol } = new URL(request.url());
    if (protocol === "blob:") return;
    const sent = request.postDataBuffer()?.length ?? 0;
    asked.push({ method: request.method(), path: pathname, sent });
  });
  return asked;
}

/** "0:04 to 0:08 nobody in sight" as seconds and words. */
function partOf(said: string) {
  const [, from, to, told] = /^0:(\d\d) to 0:(\d\d) (.+)$/.exec(said) ?? [];
  return { from: Number(from), to: Number(to), told };
}

test("three known parts of a clip are found within a second, and nothing is uploaded", async ({
  room,
}) => {
  test.setTimeout(120_000);
  await room.open();
  const asked = listen(room);
  await choose(room, "parts.webm");
  await expect(sheet(room)).toContainText("All of it is read.", { timeout: 90_000 });
  const found = (await parts(room).getByRole("button").allTextContents()).map(partOf);
  const known = [
    { from: 0, to: 3.3, told: "happy" },
    { from: 3.3, to: 5.7, told: "nobody in sight" },
    { from: 5.7, to: 9, told: "too small to read" },
  ];
  expect(found.map(({ told }) => told)).toEqual(known.map(({ told }) => told));
  for (const [i, { from, to }] of found.entries()) {
    expect(Math.abs(from - (known[i]?.from ?? 99))).toBeLessThanOrEqual(1);
    expect(Math.abs(to - (known[i]?.to ?? 99))).toBeLessThanOrEqual(1);
  }
  // A consent is all that was sent, and it is no picture.
  expect(asked.filter(({ sent }) => sent > 0).map(({ path }) => path)).toEqual(["/api/consents"]);
  expect(asked.every(({ sent }) => sent < 300)).toBe(true);
});

test("a moment is chosen by pointer or keys, seen, heard, and has its music", async ({ room }) => {
  test.setTimeout(120_000);
  const { page } = room;
  await room.open();
  await choose(room, "parts.webm");
  await expect(sheet(room)).toContainText("All of it is read.", { timeout: 90_000 });
  const shown = () =>
    sheet(room)
      .locator("video")
      .evaluate((v: HTMLVideoElement) => v.currentTime);

  const box = await chart(room).boundingBox();
  if (!box) throw new Error("The chart is not in sight.");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(chart(room)).toHaveAttribute("aria-valuetext", /^0:04, nobody in sight$/);
  await expect.poll(shown).toBeCloseTo(4.5, 0);
  await expect(room.button("Play music for this moment")).toBeDisabled();
  await expect(sheet(room)).toContainText("Nothing was read here.");

  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(chart(room)).toHaveAttribute("aria-valuetext", /^0:01, happy, quite sure: very/);
  await expect.poll(shown).toBeCloseTo(1.5, 1);
  await room.button("Play music for this moment").click();
  await expect(sheet(room)).toContainText("Music for 0:01.");
  await room.plays();
  const { mood, playing } = await room.session();
  expect(mood.valence).toBeGreaterThan(0.5);
  expect(playing.track.valence).toBeGreaterThan(0);

  await parts(room)
    .getByRole("button", { name: /too small/ })
    .click();
  await expect(chart(room)).toHaveAttribute("aria-valuetext", /too small to read/);
  await sheet(room).getByRole("button", { name: "Close" }).click();
  await expect(sheet(room)).toHaveCount(0);
});

test("reading can be stopped, and keeps what it has; closed, nothing is left", async ({ room }) => {
  await waitAfter(room, 2);
  await room.open();
  await choose(room, "parts.webm");
  await expect(sheet(room)).toContainText(/Reading: 0:02 of 0:0[89]/);
  await room.button("Stop here").click();
  await letGo(room.page);
  await expect(sheet(room)).toContainText(/Stopped at 0:0[23]\./);
  await expect(parts(room).getByRole("button").first()).toContainText("happy");
  await room.page.keyboard.press("Escape");
  await expect(sheet(room)).toHaveCount(0);
});

test("out of sight it waits, and goes on when it is seen again", async ({ room }) => {
  const { page } = room;
  await waitAfter(room, 2);
  await room.open();
  await choose(room, "parts.webm");
  await expect(sheet(room)).toContainText("Reading: 0:02");
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await letGo(page);
  await expect(sheet(room)).toContainText("Waiting while this page is out of sight.");
  await hide(false);
  await expect(sheet(room)).toContainText(/Reading: 0:0[3-9]|All of it is read\./);
});

for (const [name, words] of [
  ["words.webm", "This browser cannot open that video. Choose an MP4 or WebM"],
  ["long.webm", "The video is longer than 30 minutes. Cut out the part"],
  ["sound.webm", "There is no picture in this file, only sound. Choose a video"],
] as const)
  test(`${name}: it says what to do`, async ({ room }) => {
    await room.open();
    await choose(room, name);
    await expect(sheet(room)).toContainText(words);
    await expect(sheet(room).getByRole("progressbar")).toHaveCount(0);
  });

test("where this browser cannot read faces, a video says so, and nothing is sent", async ({
  room,
}) => {
  const { page } = room;
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await room.open();
  const asked = listen(room);
  await choose(room, "parts.webm");
  await expect(sheet(room)).toContainText("This browser is too old to read your face itself.");
  await expect(sheet(room)).toContainText("another browser");
  expect(asked.filter(({ sent }) => sent > 0).map(({ path }) => path)).toEqual(["/api/consents"]);
});

test("a video that was cut short tells what there is of it", async ({ room }) => {
  test.setTimeout(120_000);
  await room.open();
  await choose(room, "torn.webm");
  await expect(sheet(room)).toContainText(/All of it is read\.|The video breaks off here\./, {
    timeout: 90_000,
  });
  await expect(parts(room).getByRole("button").first()).toContainText("happy");
});

test("an empty room all through says which video would do", async ({ room }) => {
  await room.open();
  await choose(room, "nobody.webm");
  await expect(sheet(room)).toContainText("Try one where somebody looks toward the lens.", {
    timeout: 45_000,
  });
});

test("a dropped video asks first", async ({ room }) => {
  const { page } = room;
  await room.open();
  const bytes = readFileSync(made("nobody.webm")).toString("base64");
  await page.evaluate(async (coded) => {
    const raw = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([raw], "me.webm", { type: "video/webm" }));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }),
    );
  }, bytes);
  const consent = page.getByRole("dialog", { name: "Read a photo or video?" });
  await expect(consent).toContainText("A photo or a video never leaves this browser.");
  await consent.getByRole("button", { name: "Read this one" }).click();
  await expect(sheet(room)).toBeVisible();
});

test("at both widths in both themes: nothing for axe to find, nothing cut off", {
  tag: "@pictures",
}, async ({ room }) => {
  test.setTimeout(120_000);
  const { page } = room;
  await waitAfter(room, 5);
  await room.open();
  await choose(room, "parts.webm");
  await expect(sheet(room)).toContainText("Reading: 0:05", { timeout: 90_000 });
  await room.button("Stop here").click();
  await letGo(page);
  await expect(sheet(room)).toContainText(/Stopped at 0:0[56]\./);
  await chart(room).focus();
  await page.keyboard.press("ArrowRight");
  for (const { name, width, height } of SIZES)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveAttribute("data-scheme", colorScheme);
      expect(await flaws(page), `${name}, ${colorScheme}`).toEqual([]);
      await picture(page, "video");
      for (const box of [sheet(room), sheet(room).locator(".sheet-body")])
        expect(await box.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
      const small = await sheet(room)
        .getByRole("button")
        .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).length);
      expect(small, `${name}, ${colorScheme}`).toBe(0);
    }
});
