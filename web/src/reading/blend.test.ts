import { expect, test } from "vitest";
import { type Blended, createBlend, mixture } from "./blend";
import { clip, EXPRESSIONS, faceOf, fast, sampled } from "./testing";
import type { Face } from "./types";

const HAPPY = faceOf({ happy: 1 });
const SAD = faceOf({ sad: 1 });

/** What is told of looks at these moments. */
function told(looks: [at: number, face: Face | null][], everyS = 2, firstS = 2) {
  const blend = createBlend(everyS, firstS);
  return looks.map(([at, face]) => blend.take({ faces: face ? [face] : [] }, at));
}
const last = (all: (Blended | null)[]) => all.at(-1) ?? null;

test("the first reading comes after a second, then one every two", () => {
  const blend = createBlend();
  const at: number[] = [];
  for (let i = 0; i <= 70; i += 1) if (blend.take({ faces: [HAPPY] }, i / 10)) at.push(i / 10);
  expect(at).toEqual([1, 3, 5, 7]);
});

test("a face that stays tells itself, no surer for being looked at often", () => {
  for (const looks of [3, 100]) {
    const moments = Array.from({ length: looks }, (_, i) => (2 * i) / (looks - 1));
    const reading = last(told(moments.map((at) => [at, HAPPY])));
    expect(reading?.expression).toBe("happy");
    expect(reading?.valence).toBeCloseTo(HAPPY.valence, 6);
    expect(reading?.covariance[0]).toBeCloseTo(HAPPY.covariance[0], 6);
    expect(reading?.confidence).toBeCloseTo(HAPPY.confidence, 6);
  }
});

test("a burst of looks weighs no more than the time it took", () => {
  const burst = Array.from({ length: 50 }, (_, i): [number, Face] => [0.9 + i / 500, SAD]);
  const reading = last(told([[0, HAPPY], [0.8, HAPPY], ...burst, [1.1, HAPPY], [2, HAPPY]]));
  expect(reading?.valence).toBeGreaterThan(0.5);
});

test("half happy and half sad lies between, and is unsure", () => {
  const reading = last(
    told([
      [0, HAPPY],
      [1, HAPPY],
      [1, SAD],
      [2, SAD],
    ]),
  );
  expect(reading?.valence).toBeCloseTo((HAPPY.valence + SAD.valence) / 2, 6);
  expect(reading?.covariance[0]).toBeGreaterThan(0.4);
  expect(reading?.confidence).toBeCloseTo(0.5, 6);
});

test("a look that is hardly sure moves little", () => {
  const unsure = faceOf({ sad: 0.3, fear: 0.25, neutral: 0.25, happy: 0.2 }, 0.2);
  const reading = last(
    told([
      [0, HAPPY],
      [1, HAPPY],
      [1, unsure],
      [2, unsure],
    ]),
  );
  expect(reading?.valence).toBeGreaterThan(0.65);
});

test("what is not read lowers the confidence, and most of it unread is no reading", () => {
  const some = last(
    told([
      [0, HAPPY],
      [1.4, HAPPY],
      [1.4, null],
      [2, null],
    ]),
  );
  expect(some?.valence).toBeCloseTo(HAPPY.valence, 6);
  expect(some?.confidence).toBeCloseTo(0.7, 6);
  expect(
    last(
      told([
        [0, HAPPY],
        [0.8, HAPPY],
        [0.8, null],
        [2, null],
      ]),
    ),
  ).toBeNull();
  expect(
    last(
      told([
        [0, null],
        [1, null],
        [2, null],
      ]),
    ),
  ).toBeNull();
});

test("after a pause it begins anew, and a clock that runs back breaks nothing", () => {
  const blend = createBlend();
  blend.take({ faces: [SAD] }, 0);
  expect(blend.take({ faces: [SAD] }, 60)).toBeNull();
  expect(blend.take({ faces: [SAD] }, 3)).toBeNull();
  expect(blend.take({ faces: [HAPPY] }, 3.9)).toBeNull();
  blend.forget();
  expect(blend.take({ faces: [HAPPY] }, 4)).toBeNull();
  expect(blend.take({ faces: [HAPPY] }, 5)?.valence).toBeCloseTo(HAPPY.valence, 6);
});

test("looks that nobody believes add up to no confidence, not to an error", () => {
  const nothing = faceOf({ happy: 1 }, 0);
  expect(
    last(
      told([
        [0, nothing],
        [2, nothing],
      ]),
    )?.confidence,
  ).toBe(0);
});

test("a slow device that looks every three seconds still tells", () => {
  expect(
    last(
      told([
        [0, HAPPY],
        [3, HAPPY],
      ]),
    )?.valence,
  ).toBeCloseTo(HAPPY.valence, 6);
});

test("every reading is one the server takes: shares sum to 1, a covariance is one", () => {
  for (let seed = 1; seed <= 20; seed += 1)
    for (const reading of sampled(clip(seed, true), 10, 20).filter((one) => one !== null)) {
      const [vv, va, aa] = reading.covariance;
      expect(Object.values(reading.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(va * va).toBeLessThanOrEqual(vv * aa * (1 + 1e-9));
      expect(vv).toBeLessThan(4);
      expect(Math.abs(reading.valence)).toBeLessThanOrEqual(1);
      expect(reading.confidence).toBeLessThanOrEqual(1);
      expect(reading.confidence).toBeGreaterThan(0);
    }
});

/** How far apart two tellings of one clip are, wherever both tell; nearest first. */
function apart(one: (Blended | null)[], other: (Blended | null)[]): number[] {
  expect(one.length).toBe(other.length);
  return one
    .flatMap((a, i) => {
      const b = other[i];
      if (!a || !b) return [];
      return [Math.max(Math.abs(a.valence - b.valence), Math.abs(a.arousal - b.arousal))];
    })
    .sort((a, b) => a - b);
}

test("the same clip at 2, 10 and 30 frames a second tells the same within .05", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const shown = clip(seed);
    const thirty = sampled(shown, 30, 30);
    for (const fps of [2, 10])
      expect(apart(sampled(shown, fps, 30), thirty).at(-1), `clip ${seed} at ${fps}`).toBeLessThan(
        0.05,
      );
  }
});

test("where somebody leaves and comes back, 99 readings of 100 lie within .05", () => {
  // At two looks a second nobody knows, to half a second, when a changing face went.
  const all = [];
  for (let seed = 1; seed <= 300; seed += 1) {
    const shown = clip(seed, true);
    all.push(...apart(sampled(shown, 2, 30), sampled(shown, 30, 30)));
  }
  all.sort((a, b) => a - b);
  expect(all.length).toBeGreaterThan(3000);
  expect(all[Math.floor(0.99 * all.length)]).toBeLessThan(0.05);
});

test("so it does where frames come unevenly", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const shown = clip(seed);
    const even = sampled(shown, 30, 30);
    const uneven = sampled(shown, 10, 30, fast(seed));
    expect(apart(uneven, even).at(-1), `clip ${seed}`).toBeLessThan(0.05);
  }
});

test("what is told follows the face across the middle of the map", () => {
  const turning = sampled((at) => faceOf(at < 6 ? { happy: 1 } : { sad: 1 }), 10, 14);
  const signs = turning.map((one) => Math.sign(one?.valence ?? 0));
  expect(signs.slice(0, 3)).toEqual([1, 1, 1]);
  expect(signs.at(-1)).toBe(-1);
});

test("a mixture of equals is the mean of places, and knows how far they lie apart", () => {
  const { valence, covariance } = mixture(
    [
      { face: HAPPY, weight: 1 },
      { face: SAD, weight: 1 },
    ],
    1,
  );
  const [happy, sad] = [EXPRESSIONS.happy, EXPRESSIONS.sad];
  expect(valence).toBeCloseTo((happy[0] + sad[0]) / 2, 9);
  expect(covariance[0]).toBeCloseTo(0.04 + ((happy[0] - sad[0]) / 2) ** 2, 9);
});
