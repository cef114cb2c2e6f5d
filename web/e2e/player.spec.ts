/** How the music sounds from one track to the next, and what one does to it. */
import { made } from "./places";
import { expect, type Room, test } from "./room";
import { heard, longestGap, sharpest, strengths, tap } from "./tap";

test.use({ bypassCSP: true }); // for the ear

/** Let the first track asked for sound like one file, and all others like another. */
async function sounding(room: Room, first: string, others: string) {
  let one = "";
  await room.page.route("**/audio", (route) => {
    one ||= route.request().url();
    return route.fulfill({ path: made(route.request().url() === one ? first : others) });
  });
}

const choose = (room: Room, choices: object) =>
  room.page.addInitScript(
    (kept) => localStorage.setItem("affetto-player", kept),
    JSON.stringify({ volume: 1, blend: false, even: true, ...choices }),
  );

/** Hear the first track out, and so many seconds of the next one. */
async function hearOn(room: Room, seconds: number) {
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays();
  const title = (await room.title().textContent()) ?? "";
  await expect(room.title()).not.toHaveText(title);
  await room.plays(seconds);
  return await heard(room.page);
}

test("one track goes into the next without a gap", async ({ room }) => {
  await tap(room.page);
  await choose(room, { blend: false });
  await sounding(room, "joined-a.mp3", "joined-b.flac");
  const { samples, rate } = await hearOn(room, 0.8);
  const gap = longestGap(samples, rate);
  console.log(`longest silence: ${gap.ms.toFixed(1)} ms in ${gap.until.toFixed(1)} s`);
  expect(gap.until).toBeGreaterThan(3.5); // it heard both
  expect(gap.ms).toBeLessThan(30);
  // Nor a hole or a bump in how loud it is, once it has begun.
  const [, , ...steady] = strengths(samples, rate, 0, gap.until);
  console.log(`strength ${Math.min(...steady).toFixed(3)} to ${Math.max(...steady).toFixed(3)}`);
  expect(Math.max(...steady) / Math.min(...steady)).toBeLessThan(1.5);
});

test("two tracks fade over at one strength, without a click", async ({ room }) => {
  await tap(room.page);
  await choose(room, { blend: true });
  await sounding(room, "low.flac", "high.flac");
  const { samples, rate } = await hearOn(room, 2.8);
  const { until } = longestGap(samples, rate);
  const [, , ...steady] = strengths(samples, rate, 0, until);
  const bend = sharpest(samples, rate, 0.3, until);
  // What two sines of full swing could bend at most at once, and a step of a hundredth.
  const smooth = (hertz: number) => 0.3 * Math.SQRT1_2 * ((2 * Math.PI * hertz) / rate) ** 2;
  const most = smooth(220) + smooth(330);
  console.log(
    `strength ${Math.min(...steady).toFixed(3)} to ${Math.max(...steady).toFixed(3)}; ` +
      `bends ${bend.toFixed(6)}, two tones ${most.toFixed(6)}, in ${until.toFixed(1)} s`,
  );
  expect(until).toBeGreaterThan(4); // it heard both
  // Straight lines in place of the arcs of equal power would dip by 1.41.
  expect(Math.max(...steady) / Math.min(...steady)).toBeLessThan(1.3);
  expect(bend).toBeLessThan(1.1 * most);
  expect(samples.every((sample) => Math.abs(sample) <= 1)).toBe(true);
});

test("back, the queue by hand, and silence after this song", async ({ room }) => {
  const { page } = room;
  await room.open();
  await room.touch(0.5, -0.4);
  await room.plays(0.2);
  const title = (await room.title().textContent()) ?? "";
  await room.button("Next").click();
  await expect(room.title()).not.toHaveText(title);
  await room.button("Back").click(); // it has only begun
  await expect(room.title()).toHaveText(title);
  await room.plays(0.2);

  const titles = async () =>
    (await room.session()).queue.map((one: { track: { title: string } }) => one.track.title);
  const [first, second, third] = await titles();
  const row = page.locator(".queue-row");
  await row.first().hover();
  const grip = await room.button(`Move “${first}”`).boundingBox();
  const below = await row.nth(2).boundingBox();
  if (!grip || !below) throw new Error("The queue is not in sight.");
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x + grip.width / 2, below.y + 0.8 * below.height, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await titles()).slice(0, 3)).toEqual([second, third, first]);

  await room.button("Sound and sleep timer").click();
  await page.getByRole("slider", { name: "Volume" }).last().fill("0.5");
  await room.button("After this song").click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".player")).toContainText("Silent after this song");
  await room.nearEnd(1.5);
  await expect(room.title()).toHaveText(second);
  await expect.poll(room.paused).toBe(true);
  await page.waitForTimeout(700);
  expect(await room.paused()).toBe(true);
  await expect(room.title()).toHaveText(second); // it stopped once, and skipped nothing
  await expect(page.locator(".player")).not.toContainText("Silent");

  await page.reload();
  await expect(page.getByRole("slider", { name: "Volume" })).toHaveValue("0.5");
});
