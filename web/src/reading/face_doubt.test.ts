import { expect, test } from "vitest";
import { quality, SIDE } from "./face_crop";
import {
  BAND_ENOUGH,
  barest,
  doubtOfCrop,
  doubtOfPlace,
  doubtOfVotes,
  EYES,
  EYES_ENOUGH,
  MOUTH,
  relief,
  UNCLEAR,
  WIDE_ENOUGH,
} from "./face_doubt";
import { faceAt, numbers } from "./made";
import type { Region } from "./pixels";

const face = faceAt(100, 100, 80);

/** A crop full of small things to see, but for `plain` parts, in the light said. */
function lively({ light = 0.5, plain = [] as Region[], seed = 3 } = {}): Float32Array {
  const random = numbers(seed);
  const blocks = Array.from({ length: 256 }, random); // of three pixels
  return Float32Array.from({ length: SIDE * SIDE }, (_, k) => {
    const [row, column] = [Math.floor(k / SIDE), k % SIDE];
    const covered = plain.some(
      ({ left, top, right, bottom }) =>
        row >= top && row < bottom && column >= left && column < right,
    );
    // What covers is shaded evenly, as a mask or a palm is.
    if (covered) return light * (0.8 + row / 200 + column / 300);
    return 2 * light * (blocks[16 * Math.floor(row / 3) + Math.floor(column / 3)] ?? 0);
  });
}
const doubt = (crop: Float32Array) => doubtOfCrop(crop, quality(crop, face));
const wider = ({ left, top, right, bottom }: Region): Region => ({
  left: left - 2,
  top: top - 2,
  right: right + 2,
  bottom: bottom + 2,
});

test("a face in plain sight is not in doubt", () => {
  expect(doubtOfPlace(face)).toBeNull();
  expect(doubt(lively())).toBeNull();
});

test("a face too small to read is told before it is cut out", () => {
  expect(doubtOfPlace(faceAt(100, 100, WIDE_ENOUGH))).toBeNull();
  expect(doubtOfPlace(faceAt(100, 100, WIDE_ENOUGH - 0.01))).toBe("small");
});

test("a nose that lies far out towards an ear means that the head is turned", () => {
  const keypoints = [...face.keypoints];
  const profile = keypoints.map((value, k) =>
    k === 4 || k === 6 ? value + 45 : k % 2 ? value : 100 + (value - 100) * 0.3,
  );
  expect(doubtOfPlace({ ...face, keypoints: profile })).toBe("turned");
});

test("too little light is told first, then blur", () => {
  expect(doubt(lively({ light: 0.03 }))).toBe("dark");
  const soft = Float32Array.from({ length: SIDE * SIDE }, (_, k) => 0.2 + (0.6 * k) / SIDE ** 2);
  expect(doubt(soft)).toBe("blurred");
  expect(doubt(soft.map((value) => value / 20))).toBe("dark");
});

test("plain eyes, a plain mouth or a plain band mean that something covers them", () => {
  for (const part of [EYES, MOUTH]) expect(doubt(lively({ plain: [wider(part)] }))).toBe("covered");
  const band = lively({ plain: [{ top: 21, bottom: 36, left: 8, right: 40 }] });
  expect(barest(band)).toBeLessThan(BAND_ENOUGH);
  expect(doubt(band)).toBe("covered");
});

test("even shading is no relief, and what is patterned has it", () => {
  const covered = lively({ plain: [wider(EYES)] });
  expect(relief(covered, EYES)).toBeLessThan(0.01);
  expect(relief(lively(), EYES)).toBeGreaterThan(EYES_ENOUGH);
});

test("one crop leaves nothing of itself in the judgement of the next", () => {
  const crop = lively({ seed: 8 });
  const alone = [relief(crop, MOUTH), barest(crop)];
  relief(lively({ seed: 9 }), EYES);
  expect([relief(crop, MOUTH), barest(crop)]).toEqual(alone);
});

test("black says nothing and divides by nothing", () => {
  expect(relief(new Float32Array(SIDE * SIDE), EYES)).toBe(0);
  expect(barest(new Float32Array(SIDE * SIDE))).toBe(0);
});

test("many who would say unclear are a doubt", () => {
  expect(doubtOfVotes(UNCLEAR)).toBeNull();
  expect(doubtOfVotes(UNCLEAR + 0.01)).toBe("covered");
});
