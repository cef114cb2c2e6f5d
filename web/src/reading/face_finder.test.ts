import { describe, expect, test } from "vitest";
import {
  anchors,
  asFar,
  decoded,
  FAR,
  FaceFinder,
  type FoundFace,
  level,
  MOST,
  merged,
  NEAR,
  type Net,
  overlap,
  tiles,
} from "./face_finder";
import { letterboxed } from "./letterbox";
import { faceAt, numbers, painted } from "./made";
import { type Region, whole } from "./pixels";
import type { Runner } from "./runner";

const count = ({ grids }: Net) => grids.reduce((sum, [cells, each]) => sum + cells ** 2 * each, 0);

/** A net that answers each look in turn with faces in pixels of its input; then with nobody. */
function toyNet(net: Net, ...answers: (readonly FoundFace[])[]) {
  const middles = anchors(net);
  let looks = 0;
  const runner: Runner = {
    async run(_, shape) {
      expect(shape).toEqual([1, 3, net.side, net.side]);
      const scores = new Float32Array(count(net)).fill(-50);
      const boxes = new Float32Array(16 * count(net));
      for (const [k, face] of (answers[looks++] ?? []).entries()) {
        const [left, top, right, bottom] = face.box;
        const [x, y] = [middles[2 * k] ?? 0, middles[2 * k + 1] ?? 0];
        const points = face.keypoints.map((value, i) => value - (i % 2 ? y : x));
        boxes.set([(left + right) / 2 - x, (top + bottom) / 2 - y, right - left, bottom - top]);
        boxes.copyWithin(16 * k, 0, 4);
        boxes.set(points, 16 * k + 4);
        scores[k] = Math.log(face.score / (1 - face.score));
      }
      return { boxes, scores };
    },
    async close() {},
  };
  return { runner, looks: () => looks };
}

const picture = painted(640, 480, () => 90);

describe("a look at a frame", () => {
  test("is left to the near net where that is sure of a large face", async () => {
    const near = toyNet(NEAR, [faceAt(64, 64, 40)]);
    const far = toyNet(FAR, [faceAt(96, 96, 60)]);
    const [face, ...others] = await new FaceFinder(near.runner, far.runner).find(picture);
    expect(others).toEqual([]);
    expect(far.looks()).toBe(0);
    const [left, , right] = face?.box ?? [0, 0, 0, 0];
    expect((left + right) / 2).toBeCloseTo(320, 2);
    expect(right - left).toBeCloseTo(40 * 5 * NEAR.wider, 2);
  });

  test.each([
    ["finds nobody", []],
    ["finds only a small face", [faceAt(64, 64, 15)]],
    ["is not sure", [faceAt(64, 64, 40, { score: 0.6 })]],
  ])("asks the far net where the near one %s", async (_, seen) => {
    const near = toyNet(NEAR, seen);
    const far = toyNet(FAR, [faceAt(96, 96, 57)]);
    const faces = await new FaceFinder(near.runner, far.runner).find(picture);
    expect(faces).toHaveLength(1);
    expect(faces[0]?.keypoints[0]).toBeCloseTo((96 - 0.21 * 57) * (640 / 192), 2);
  });

  test("keeps what the near net saw where the far one sees nobody", async () => {
    const near = toyNet(NEAR, [faceAt(64, 64, 15)]);
    const faces = await new FaceFinder(near.runner, toyNet(FAR).runner).find(picture);
    expect(faces).toHaveLength(1);
  });

  test("sees nobody in the bars beside the picture", async () => {
    const near = toyNet(NEAR, [faceAt(64, 5, 40)]);
    expect(await new FaceFinder(near.runner, toyNet(FAR).runner).find(picture)).toEqual([]);
  });

  test("tells the largest first, and only so many", async () => {
    const crowd = Array.from({ length: MOST + 6 }, (_, k) =>
      faceAt(6 + 18 * (k % 10), 40 + 16 * Math.floor(k / 10), 6 + k / 10),
    );
    const far = toyNet(FAR, crowd);
    const faces = await new FaceFinder(toyNet(NEAR).runner, far.runner).find(picture);
    expect(faces).toHaveLength(MOST);
    const sides = faces.map(({ box }) => box[2] - box[0]);
    expect(sides).toEqual([...sides].sort((a, b) => b - a));
  });
});

describe("a look at a photo", () => {
  test("steps back for a face that fills it, and looks closer for a small one", async () => {
    const far = toyNet(FAR);
    const near = toyNet(NEAR);
    expect(await new FaceFinder(near.runner, far.runner).find(picture, true)).toEqual([]);
    expect(near.looks()).toBe(1);
    expect(far.looks()).toBe(2 + tiles(picture).length);
  });

  test("finds a face in a tile where it is in the photo", async () => {
    const [first] = tiles(picture) as [Region];
    const far = toyNet(FAR, [], [], [faceAt(96, 96, 12)]);
    const [face] = await new FaceFinder(toyNet(NEAR).runner, far.runner).find(picture, true);
    const [left, top, right] = face?.box ?? [0, 0, 0, 0];
    expect((left + right) / 2).toBeCloseTo((first.left + first.right) / 2, 3);
    expect(top).toBeCloseTo(
      (first.top + first.bottom) / 2 - 6 * ((first.right - first.left) / 192),
    );
  });

  test("leaves a face that a tile cuts to the tile beside it", async () => {
    const far = toyNet(FAR, [], [], [faceAt(186, 96, 14)]);
    expect(await new FaceFinder(toyNet(NEAR).runner, far.runner).find(picture, true)).toEqual([]);
  });
});

describe("the picture as a net takes it", () => {
  const shown = (pixels = picture, share = 1, net = FAR) => {
    const image = new Float32Array(3 * net.side * net.side).fill(7);
    return { image, ...letterboxed(pixels, whole(pixels), net.side, image, share) };
  };

  test("keeps its shape, with black bars", () => {
    const { image, scale, left, top } = shown(painted(640, 480, () => 255));
    expect([scale, left, top]).toEqual([0.3, 0, 24]);
    expect(image[23 * 192 + 50]).toBe(-1);
    expect(image[24 * 192]).toBeCloseTo(1, 6);
    expect(image[(24 + 143) * 192 + 191]).toBeCloseTo(1, 6);
    expect(image[(24 + 144) * 192 + 191]).toBe(-1);
  });

  test("has its colours in planes", () => {
    const { image } = shown(painted(100, 100, () => [255, 0, 51]));
    const middle = 96 * 192 + 96;
    expect(image[middle]).toBeCloseTo(1, 6);
    expect(image[middle + 192 * 192]).toBeCloseTo(-1, 6);
    expect(image[middle + 2 * 192 * 192]).toBeCloseTo(-0.6, 6);
  });

  test("shows an even slope as an even slope, whatever the size", () => {
    for (const size of [50, 191, 300, 800, 2000]) {
      const { image } = shown(painted(size, size, (x) => Math.round((200 * x) / size)));
      for (const column of [20, 96, 170])
        expect(image[96 * 192 + column]).toBeCloseTo((200 * (column + 0.5)) / 192 / 127.5 - 1, 1);
    }
  });

  test("is made of pictures of any shape, down to a single pixel", () => {
    const random = numbers(4);
    const sizes = [
      [1, 1],
      [1, 900],
      [900, 3],
      [2, 2],
      [97, 411],
    ] as const;
    for (const [wide, high] of sizes)
      for (const share of [1, 0.45])
        for (const net of [NEAR, FAR]) {
          const pixels = painted(wide, high, () => Math.floor(256 * random()));
          const { image, left, top } = shown(pixels, share, net);
          expect(image.every((value) => value >= -1 && value <= 1.000001)).toBe(true);
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
        }
  });
});

describe("an answer", () => {
  test("has the middles of the grids' cells, row by row, as often as a cell answers", () => {
    const [far, near] = [anchors(FAR), anchors(NEAR)];
    expect(far).toHaveLength(2 * 2304);
    expect([...far.slice(0, 4), ...far.slice(-2)]).toEqual([2, 2, 6, 2, 190, 190]);
    expect(near).toHaveLength(2 * 896);
    expect([...near.slice(0, 6)]).toEqual([4, 4, 4, 4, 12, 4]);
    expect([...near.slice(2 * 512, 2 * 512 + 2), ...near.slice(-2)]).toEqual([8, 8, 120, 120]);
  });

  test("is read relative to its cell", () => {
    const [raw, logits] = [new Float32Array(2304 * 16), new Float32Array(2304).fill(-9)];
    const cell = 10 * 48 + 20; // its middle is (82, 42)
    raw.set([1, -2, 30, 20, ...Array(6).fill([5, 6]).flat()], 16 * cell);
    logits[cell] = 2;
    const [face] = decoded(raw, logits, anchors(FAR), 0.5);
    expect(face?.box).toEqual([68, 30, 98, 50]);
    expect(face?.keypoints).toEqual(Array(6).fill([87, 48]).flat());
    expect(face?.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    expect(decoded(raw, logits, anchors(FAR), 0.9)).toEqual([]);
  });

  test("of the near net becomes the box that the far one would give", () => {
    const face = faceAt(100, 100, 40, { turn: Math.PI / 2 });
    const [left, top, right, bottom] = asFar(face, { ...NEAR, wider: 1.1, lower: -0.05 }).box;
    // The head lies on its side, so up its face is to the picture's right.
    expect((left + right) / 2).toBeCloseTo(102, 5);
    expect((top + bottom) / 2).toBeCloseTo(100, 5);
    expect(right - left).toBeCloseTo(44, 5);
    expect(asFar(face, FAR)).toBe(face);
  });
});

describe("merging", () => {
  test("averages two looks at one face by how sure they are", () => {
    const [face, ...others] = merged([
      faceAt(18, 15, 30, { score: 0.3 }),
      faceAt(15, 15, 30, { score: 0.9 }),
    ]);
    expect(others).toEqual([]);
    expect(face?.box[0]).toBeCloseTo(0.75, 6);
    expect(face?.score).toBe(0.9);
  });

  test("leaves neighbours two people", () => {
    expect(merged([faceAt(15, 15, 30), faceAt(35, 15, 30)])).toHaveLength(2);
  });

  test("keeps each once and invents none, in whatever order they come", () => {
    const random = numbers(9);
    const faces = Array.from({ length: 40 }, (_, k) =>
      faceAt(150 * random(), 150 * random(), 5 + 50 * random(), { score: 0.1 + k / 50 }),
    );
    const kept = merged(faces);
    expect(kept.length).toBeLessThan(faces.length);
    expect(kept[0]?.score).toBe(faces.at(-1)?.score);
    expect(merged([...faces].reverse())).toEqual(kept);
    expect(merged([])).toEqual([]);
  });

  test("an empty box overlaps nothing", () => {
    expect(overlap([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
    expect(overlap([0, 0, 2, 2], [0, 0, 2, 2])).toBe(1);
  });
});

describe("closer looks", () => {
  test("are squares inside the picture that leave no gap", () => {
    for (const [width, height] of [
      [200, 1600],
      [641, 479],
      [1600, 900],
      [1000, 1000],
    ] as const) {
      const squares = tiles({ width, height });
      for (const { left, top, right, bottom } of squares) {
        expect(right - left).toBe(bottom - top);
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width);
        expect(bottom).toBeLessThanOrEqual(height);
      }
      for (let y = 0; y < height; y += 9)
        for (let x = 0; x < width; x += 9)
          if (!squares.some((s) => x >= s.left && x < s.right && y >= s.top && y < s.bottom))
            throw new Error(`nobody looks at ${x}, ${y} of ${width} × ${height}`);
    }
  });

  test("are not needed where the net sees a picture whole", () => {
    expect(tiles({ width: 90, height: 100 })).toEqual([]);
  });
});

describe("which way is up", () => {
  test("follows the head however it is turned", () => {
    for (const turn of [-3, -1, 0, 0.3, 2]) {
      const [x, y] = level(faceAt(100, 100, 80, { turn }));
      expect(x).toBeCloseTo(Math.cos(turn), 4);
      expect(y).toBeCloseTo(Math.sin(turn), 4);
    }
  });

  test("holds for a profile whose eyes nearly meet", () => {
    const [x, y] = level(faceAt(100, 100, 80, { turn: 0.3, apart: 0.02 }));
    expect(x).toBeCloseTo(Math.cos(0.3), 4);
    expect(y).toBeCloseTo(Math.sin(0.3), 4);
  });

  test("is not turned by keypoints that all coincide", () => {
    expect(level({ box: [0, 0, 0, 0], keypoints: Array(12).fill(0), score: 0.5 })).toEqual([1, 0]);
  });
});
