import { describe, expect, test } from "vitest";
import { BOX_MIDDLE, BOX_SIDE, cropped, quality, SIDE, trustOf } from "./face_crop";
import { boxed, faceAt, numbers, painted } from "./made";

const sums = (crop: Float32Array, of: "row" | "column") =>
  Array.from({ length: SIDE }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < SIDE; j++) sum += crop[of === "row" ? i * SIDE + j : j * SIDE + i] ?? 0;
    return sum / BOX_SIDE;
  });
const middle = (shares: number[]) =>
  shares.reduce((sum, share, i) => sum + share * (i + 0.5), 0) / shares.reduce((a, b) => a + b);

describe("cutting a face out", () => {
  test.each([20, 41, 60, 102, 150, 240])(
    "a box %d wide lies in the crop where the net learnt to expect it",
    (side) => {
      const left = 150 - Math.floor(side / 2);
      const picture = boxed(300, [left, left, left + side, left + side]);
      const crop = cropped(picture, faceAt(left + side / 2, left + side / 2, side));
      const across = sums(crop, "column");
      expect(Math.abs(across.reduce((a, b) => a + b) - BOX_SIDE)).toBeLessThan(0.8);
      expect(Math.abs(middle(across) - BOX_MIDDLE[0])).toBeLessThan(0.3);
      expect(Math.abs(middle(sums(crop, "row")) - BOX_MIDDLE[1])).toBeLessThan(0.3);
    },
  );

  test("colours turn grey as the net learnt them", () => {
    const crop = cropped(
      painted(100, 100, () => [200, 100, 50]),
      faceAt(50, 50, 40),
    );
    const expected = (0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255;
    for (const value of crop) expect(value).toBeCloseTo(expected, 5);
  });

  test("a tilted head comes out level", () => {
    // Light on the face's own right: however the head is tilted, the crop shows it there.
    const crops = [0, 0.5, -2.5].map((turn) => {
      const picture = painted(200, 200, (x, y) =>
        (x - 100) * Math.cos(turn) + (y - 100) * Math.sin(turn) < 0 ? 230 : 30,
      );
      return cropped(picture, faceAt(100, 100, 90, { turn }));
    });
    for (const crop of crops)
      for (const row of [2, 24, 45]) {
        expect(crop[row * SIDE + 6]).toBeCloseTo(230 / 255, 4);
        expect(crop[row * SIDE + 41]).toBeCloseTo(30 / 255, 4);
      }
  });

  test("a face anywhere, even over the edge of a tiny picture, gives a crop", () => {
    const random = numbers(5);
    for (let k = 0; k < 200; k++) {
      const [wide, high] = [1 + Math.floor(random() * 60), 1 + Math.floor(random() * 60)];
      const picture = painted(wide, high, () => Math.floor(random() * 256));
      const side = 0.5 + random() * 600;
      const face = faceAt(random() * 500 - 100, random() * 500 - 100, side, { turn: 6 * random() });
      const crop = cropped(picture, face);
      expect(crop.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  test("beyond the edge the last pixels go on", () => {
    const crop = cropped(
      painted(50, 50, (x) => (x < 25 ? 40 : 200)),
      faceAt(50, 25, 80),
    );
    expect(crop[24 * SIDE + 47]).toBeCloseTo(200 / 255, 5);
  });

  test("one crop leaves nothing of itself in the next", () => {
    const [large, small] = [painted(400, 400, (x) => x % 256), painted(60, 60, (_, y) => 4 * y)];
    const alone = cropped(small, faceAt(30, 30, 50));
    cropped(large, faceAt(200, 200, 380));
    expect(cropped(small, faceAt(30, 30, 50))).toEqual(alone);
  });
});

describe("trust", () => {
  const random = numbers(1);
  const noise = painted(200, 200, () => Math.floor(random() * 256));
  const seen = (picture = noise, side = 100) => {
    const face = faceAt(100, 100, side);
    return quality(cropped(picture, face), face);
  };
  const dimmed = (share: number) =>
    painted(200, 200, (x, y) => share * (noise.data[4 * (y * 200 + x)] ?? 0));

  test("is full for a clear face", () => expect(trustOf(seen())).toBe(1));

  test("falls with the light and is none in the dark", () => {
    const [dim, dark] = [trustOf(seen(dimmed(0.3))), trustOf(seen(dimmed(0.1)))];
    expect(dim).toBeLessThan(1);
    expect(dark).toBeLessThan(dim);
    expect(trustOf(seen(painted(200, 200, () => 0)))).toBe(0);
  });

  test("falls with the size of the face", () => {
    expect(trustOf(seen(noise, 30))).toBeCloseTo(30 / 40, 5);
  });
});
