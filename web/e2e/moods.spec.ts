/** A face before the camera that is neutral, happy, and neutral again: how soon it is read. */
import { existsSync } from "node:fs";
import { launchWith } from "./browser";
import { made } from "./places";
import { expect, test } from "./room";
import { watchWorkers } from "./workers";

const CLIP = made("moods.y4m");
const PART_S = 5; // as make_moods.py has it: so long each face
const SOON_S = 3;
const A_READING_S = 2; // what is told the server stands for so long

test.skip(() => !existsSync(CLIP), "AFFETTO_DATA names no folder with FER2013");
test.use({
  screenshot: "off", // nothing of these faces is kept
  launchOptions: launchWith(
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${CLIP}`,
  ),
});

interface Told {
  at: number;
  valence: number;
}

test("from neutral to happy and back, valence moves across 0 within three seconds", async ({
  room,
}) => {
  test.setTimeout(120_000);
  const { page } = room;
  await watchWorkers(page);
  await page.addInitScript(() => {
    const looks: { at: number; valence: number }[] = [];
    Object.assign(window, { looks });
    addEventListener("worker-says", ({ detail }) => {
      const valence = detail.say === "seen" ? detail.seen.faces[0]?.valence : undefined;
      if (valence !== undefined) looks.push({ at: performance.now() / 1000, valence });
    });
  });
  const sent: Told[] = []; // by the clock of the day
  page.on("request", (request) => {
    if (!request.url().endsWith("/readings")) return;
    sent.push({ at: Date.now() / 1000, valence: request.postDataJSON().valence });
  });
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks", { timeout: 30_000 });

  // The corner of what is shown, twenty times a second: from when on is which face there?
  const { turns, looks, began } = await page.evaluate(
    async ([part, soon]) => {
      const video = document.querySelector<HTMLVideoElement>(".reading-picture video");
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 1;
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      const turns: { at: number; happy: boolean }[] = [];
      let before: boolean | null = null;
      let until = performance.now() / 1000 + 3 * part;
      for (let at = 0; at < until && video && pen; ) {
        pen.drawImage(video, 4, 4, 16, 16, 0, 0, 1, 1);
        const happy = (pen.getImageData(0, 0, 1, 1).data[0] ?? 0) > 128;
        at = performance.now() / 1000;
        if (before !== null && happy !== before) {
          turns.push({ at, happy });
          until = at + (turns.length === 1 ? 2 * part : soon);
        }
        before = happy;
        await new Promise((later) => setTimeout(later, 50));
      }
      const { looks } = window as unknown as { looks: Told[] };
      return { turns, looks, began: performance.timeOrigin / 1000 };
    },
    [PART_S, SOON_S] as const,
  );

  expect(turns).toHaveLength(2);
  const right = (happy: boolean) => (told: Told) => happy === told.valence > 0;
  const readings = sent.map(({ at, valence }) => ({ at: at - began, valence }));
  for (const [i, { at, happy }] of turns.entries()) {
    const way = happy ? "to happy" : "to neutral";
    const before = looks.filter((look) => look.at < at).at(-1);
    expect(before && right(!happy)(before), `before it turned ${way}`).toBe(true);
    const after = (told: readonly Told[]) =>
      (told.find((one) => one.at > at && right(happy)(one))?.at ?? Number.POSITIVE_INFINITY) - at;
    const [looked, read] = [after(looks), after(readings)];
    console.log(`${way}: looked ${looked.toFixed(2)} s, told ${read.toFixed(2)} s after`);
    expect(looked, `looks ${way}`).toBeLessThan(SOON_S);
    // The second turn is not watched for so long.
    if (i === 0) expect(read, `readings ${way}`).toBeLessThan(SOON_S + A_READING_S);
  }
});
