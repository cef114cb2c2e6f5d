/** Somebody before the camera who goes away and comes back, read on this device. */
import { expect, test } from "./room";

test.use({ film: "leaves.y4m" });

const AWAY_S = 5; // as make_clips.py has it: so long there, so long away
const SOON_S = 3;

test("it says so within three seconds, each way, twice over", async ({ room }) => {
  test.setTimeout(120_000);
  const { page } = room;
  await room.open();
  await room.button("Camera").click();
  await room.button("Use the camera").click();
  await expect(room.reading()).toContainText("Your face looks happy");

  // What is shown on the picture, and what is said beside it, ten times a second.
  const seen = await page.evaluate(async (seconds) => {
    const video = document.querySelector<HTMLVideoElement>(".reading-picture video");
    const canvas = document.createElement("canvas");
    canvas.width = 16;
    canvas.height = 12;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const rows: { at: number; there: boolean; said: string }[] = [];
    const began = performance.now();
    while (performance.now() - began < seconds * 1000 && video && pen) {
      pen.drawImage(video, 0, 0, 16, 12);
      const { data } = pen.getImageData(0, 0, 16, 12);
      const grey = Array.from({ length: 192 }, (_, i) => data[4 * i] ?? 0);
      const mean = grey.reduce((a, b) => a + b) / 192;
      const spread = Math.sqrt(grey.reduce((sum, g) => sum + (g - mean) ** 2, 0) / 192);
      const words = document.querySelector(".reading-words")?.textContent ?? "";
      const said = /Your face looks/.test(words)
        ? "face"
        : /I see no face/.test(words)
          ? "none"
          : "";
      rows.push({ at: (performance.now() - began) / 1000, there: spread > 12, said });
      await new Promise((later) => setTimeout(later, 100));
    }
    return rows;
  }, 4.6 * AWAY_S);

  const turns = seen.flatMap(({ at, there }, i) => (i && seen[i - 1]?.there !== there ? [at] : []));
  expect(turns.length).toBeGreaterThanOrEqual(4);
  for (const turn of turns) {
    const wanted = seen.find(({ at }) => at >= turn)?.there ? "face" : "none";
    const said = seen.find(({ at, said }) => at >= turn && said === wanted);
    if (!said && turn > 4.6 * AWAY_S - SOON_S) continue; // the watch was over before
    expect(said?.at ?? 99, `${wanted} after ${turn.toFixed(1)} s`).toBeLessThan(turn + SOON_S);
  }
});
