import { describe, expect, test } from "vitest";
import { affectOf } from "./emotion";
import { ANY_WORD, boxWithin, Reader, readingOf, WITHIN_ONE_WORD } from "./face";
import { SIDE } from "./face_crop";
import type { FoundFace } from "./face_finder";
import { faceAt, numbers, painted } from "./made";
import type { Runner } from "./runner";

const random = numbers(11);
const lit = painted(400, 300, () => 60 + Math.floor(180 * random()));
const card = {
  name: "expression",
  labels: ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"],
  temperature: 1,
  votes: [],
  votes_temperature: 1,
};

/** A net that is sure of one expression after the other, and remembers what it was fed. */
function toyNet() {
  const fed: { shape: readonly number[]; values: Float32Array }[] = [];
  const net: Runner = {
    async run(values, shape) {
      fed.push({ values: values.slice(), shape });
      const count = shape[0] ?? 0;
      const logits = new Float32Array(7 * count);
      for (let k = 0; k < count; k++) logits[7 * k + ((3 + k) % 7)] = 9;
      return { logits };
    },
    async close() {},
  };
  return { net, fed };
}

function readerOf(found: FoundFace[]) {
  const { net, fed } = toyNet();
  let closed = 0;
  const reader = new Reader({ find: async () => found }, net, card, async () => {
    closed++;
  });
  return { reader, fed, closed: () => closed };
}

const near = faceAt(120, 150, 90);
const other = faceAt(300, 150, 60);
const tiny = faceAt(200, 40, 20);

describe("a look", () => {
  test("at nobody sees nobody and asks the net nothing", async () => {
    const { reader, fed } = readerOf([]);
    expect(await reader.look(lit)).toEqual({ faces: [], unread: [], others: 0 });
    expect(fed).toEqual([]);
  });

  test("reads every face it is asked to, in one go, each with its own answer", async () => {
    const { reader, fed } = readerOf([near, tiny, other]);
    const { faces, unread, others } = await reader.look(lit);
    expect(faces.map((face) => face.expression)).toEqual(["happy", "sad"]);
    expect(faces[0]?.box).toEqual([75, 105, 90, 90]);
    expect(unread).toEqual([{ box: [190, 30, 20, 20], doubt: "small" }]);
    expect(others).toBe(0);
    expect(fed.map(({ shape }) => shape)).toEqual([[2, 1, SIDE, SIDE]]);
  });

  test("only counts those beyond the largest, and never cuts them out", async () => {
    const { reader, fed } = readerOf([near, other, tiny]);
    const { faces, unread, others } = await reader.look(lit, { most: 1 });
    expect([faces.length, unread.length, others]).toEqual([1, 0, 2]);
    expect(fed[0]?.values.length).toBe(SIDE * SIDE);
    expect(await reader.look(lit, { most: 0 })).toEqual({ faces: [], unread: [], others: 3 });
  });

  test("in the dark says so and asks the net nothing", async () => {
    const { reader, fed } = readerOf([near]);
    const dark = painted(400, 300, (x) => x % 9);
    expect((await reader.look(dark)).unread.map(({ doubt }) => doubt)).toEqual(["dark"]);
    expect(fed).toEqual([]);
  });

  test("at many faces reads them all", async () => {
    const many = Array.from({ length: 64 }, (_, k) => faceAt(40 + 4 * k, 150, 45));
    const { faces } = await readerOf(many).reader.look(lit);
    expect(faces).toHaveLength(64);
  });

  test("waits for the look before it, and a failed one does not stop the next", async () => {
    let looks = 0;
    let inside = 0;
    const finder = {
      async find() {
        expect(++inside).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inside--;
        if (++looks === 2) throw new Error("lost");
        return [near];
      },
    };
    const { net } = toyNet();
    const reader = new Reader(finder, net, card, async () => {});
    const told = await Promise.allSettled([reader.look(lit), reader.look(lit), reader.look(lit)]);
    expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("ends before the models are closed", async () => {
    const { reader, closed } = readerOf([near]);
    const look = reader.look(lit);
    await reader.close();
    expect(closed()).toBe(1);
    expect((await look).faces).toHaveLength(1);
  });
});

describe("a reading", () => {
  const clear = { pixels: 90, light: 0.5, contrast: 0.2, detail: 0.5 };
  const shares = { angry: 0, disgust: 0, fear: 0, happy: 0.5, sad: 0.5, surprise: 0, neutral: 0 };

  test("lies in the middle of what it may be, and is unsure in between", () => {
    const reading = readingOf(shares, clear);
    expect(reading.valence).toBeCloseTo((0.81 - 0.63) / 2, 9);
    expect(reading.arousal).toBeCloseTo((0.51 - 0.27) / 2, 9);
    expect(reading.covariance[0]).toBeCloseTo(((0.81 + 0.63) / 2) ** 2 + WITHIN_ONE_WORD ** 2, 9);
    expect(reading.expression).toBe("happy"); // the first of equals
    expect(reading.confidence).toBe(0.5);
  });

  test("is believed less where fewer would name it, and the crop shows less", () => {
    expect(readingOf(shares, { ...clear, light: 0.105 }, 0.6).confidence).toBeCloseTo(0.15, 9);
  });

  test("that nobody would name may lie anywhere", () => {
    const [middle, [vv]] = ANY_WORD;
    const [affect] = affectOf(shares);
    const [wide] = readingOf(shares, clear, 0).covariance;
    expect(wide).toBeCloseTo(vv + (middle.valence - affect.valence) ** 2, 9);
  });

  test("of a name without a place on the map is refused", () => {
    expect(() => affectOf({ bored: 1 })).toThrow("no expression");
  });
});

test("a box over the edge is cut there, in whole pixels", () => {
  const face = { ...near, box: [-10.2, 20.5, 410, 21.5] as const };
  expect(boxWithin(face, lit)).toEqual([0, 20, 400, 2]);
});
