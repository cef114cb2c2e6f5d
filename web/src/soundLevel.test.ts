import { expect, test } from "vitest";
import { equalPower, evened, HEADROOM, overlapS, REFERENCE_DB } from "./soundLevel";
import { track } from "./testing";

const at = (valence: number | null, arousal: number | null, duration_s = 200) =>
  track("Any", { valence, arousal, duration_s });

test("loud recordings come down to one loudness, and none is turned up", () => {
  for (const db of [-6, -10, -18])
    expect(db + 20 * Math.log10(evened(db))).toBeCloseTo(REFERENCE_DB);
  expect(evened(-30)).toBe(1);
  expect(evened(null)).toBe(1);
  expect(evened(Number.NaN)).toBe(1);
});

test("moods near each other pass quickly, far ones take their time", () => {
  const here = at(0.5, -0.4);
  const lengths = [at(0.5, -0.4), at(0.3, 0), at(-0.2, 0.5), at(-1, 1)].map((to) =>
    overlapS(here, to),
  );
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  expect(lengths[0]).toBe(2);
  expect(lengths.at(-1)).toBe(8);
});

test("a track whose mood nobody knows gets a fade in between, and a short one a short one", () => {
  expect(overlapS(at(null, null), at(0, 0))).toBe(4);
  expect(overlapS(at(1, 1, 10), at(-1, -1))).toBe(2);
  expect(overlapS(at(1, 1, 0), at(-1, -1, 0))).toBe(8);
});

test("a fade keeps its power, begins and ends in silence, and never clips", () => {
  const [rise, fall] = [equalPower("in"), equalPower("out")];
  expect([rise[0], fall.at(-1)]).toEqual([0, 0]);
  for (const [i, up] of rise.entries()) {
    const down = fall[i] ?? 0;
    expect(up * up + down * down).toBeCloseTo(1);
    expect((up + down) * HEADROOM).toBeLessThanOrEqual(1 + 1e-6);
  }
});
