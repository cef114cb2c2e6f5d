// @vitest-environment node
import { existsSync, readFileSync } from "node:fs";
import * as ort from "onnxruntime-web/wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXPRESSIONS } from "./emotion";
import { readingOf } from "./face";
import { cropped, quality, SIDE, trustOf } from "./face_crop";
import { barest, doubtOfCrop, doubtOfPlace, doubtOfVotes, EYES, MOUTH, relief } from "./face_doubt";
import { FaceFinder, type FoundFace, level, tiles } from "./face_finder";
import { turnedBy } from "./face_pose";
import { opinions } from "./face_votes";
import { type GoldenFace, type GoldenFrame, golden, pictures } from "./golden";
import { letterboxed } from "./letterbox";
import { numbers, painted } from "./made";
import { openReader } from "./reader";
import { openRunner, type Runner, type Runtime } from "./runner";
import type { Face, FaceReader, Models, Pixels } from "./types";

const folder = new URL("../../../src/affetto/inference/models/", import.meta.url);
const file = (name: string) => new URL(name, folder);
const built = ["face-detector-near.onnx", "face-detector.onnx"].every((name) =>
  existsSync(file(name)),
);
if (!built && process.env.CI === "true")
  throw new Error("The face detectors are not built: run `python tools/build_detector.py`.");

ort.env.wasm.numThreads = 1;

function models(): Models {
  return {
    near: readFileSync(file("face-detector-near.onnx")),
    far: readFileSync(file("face-detector.onnx")),
    expression: readFileSync(file("expression.onnx")),
    card: JSON.parse(readFileSync(file("expression.card.json"), "utf-8")),
  };
}

/** A runtime that opens so many models and then no more, and counts those left open. */
function failingAfter(openable: number) {
  let open = 0;
  const runtime = {
    InferenceSession: {
      async create() {
        if (open === openable) throw new Error("no model");
        open++;
        return { inputNames: ["image"], release: async () => open-- };
      },
    },
  } as unknown as Runtime;
  return { runtime, left: () => open };
}

test.each([0, 1, 2])("when the model after %d is damaged, none is left open", async (openable) => {
  const { runtime, left } = failingAfter(openable);
  const none = new Uint8Array(4);
  const card = { name: "", labels: [], temperature: 1, votes: [], votes_temperature: 1 };
  const opened = openReader(runtime, { near: none, far: none, expression: none, card });
  await expect(opened).rejects.toThrow("no model");
  expect(left()).toBe(0);
});

// How far the server's answer may be away.
const SHARE = 1e-3; // of a probability
const PIXEL = 0.5;
const PLACE = 2e-3; // on the map
const STEP = 1e-4; // of what comes before the nets

/** The largest distance between numbers in the same places; infinite where one has more. */
function apart(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  return ours.reduce((most, value, k) => Math.max(most, Math.abs(value - (theirs[k] ?? 0))), 0);
}

const every = (values: Float32Array, step: number, samples: readonly number[]) =>
  samples.map((_, k) => values[k * step] ?? Number.NaN);
const asFound = ({ box, keypoints, score }: GoldenFace): FoundFace => ({
  box,
  keypoints: keypoints.flat(),
  score,
});

type Placed = Pick<Face, "valence" | "arousal" | "covariance" | "confidence">;
const place = ({ valence, arousal, covariance, confidence }: Placed) => [
  valence,
  arousal,
  ...covariance,
  confidence,
];

function expectShares(ours: Face["probabilities"], theirs: Face["probabilities"]): void {
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  expect(apart(Object.values(ours), Object.values(theirs))).toBeLessThan(SHARE);
}

const told = golden();

test("the expressions are the server's, in its order", () => {
  expect(Object.keys(EXPRESSIONS)).toEqual(told.expressions);
});

test("a photo is looked at in the same squares as on the server", () => {
  for (const { shape, squares } of told.tiles) {
    const ours = tiles({ height: shape[0], width: shape[1] });
    expect(ours.map(({ left, top, right, bottom }) => [left, top, right, bottom])).toEqual(squares);
  }
});

describe("what comes before the nets is what the server does", () => {
  const shown = pictures(told);
  for (const [k, frame] of told.frames.entries())
    test(frame.name, () => {
      const pixels = shown[k] as Pixels;
      const { width, height, data } = pixels;
      const sum = data.reduce((total, value, at) => (at % 4 === 3 ? total : total + value), 0);
      expect(sum).toBe(frame.sum); // the same picture
      for (const theirs of Object.values(frame.prepared)) {
        const image = new Float32Array(3 * theirs.side ** 2);
        const all = { left: 0, top: 0, right: width, bottom: height };
        const ours = letterboxed(pixels, all, theirs.side, image, theirs.share);
        expect([ours.left, ours.top]).toEqual([theirs.left, theirs.top]);
        expect(ours.scale).toBeCloseTo(theirs.scale, 6);
        expect(apart(every(image, theirs.every, theirs.samples), theirs.samples)).toBeLessThan(
          STEP,
        );
        expect(image.reduce((a, b) => a + b) / image.length).toBeCloseTo(theirs.mean, 4);
      }
      for (const theirs of frame.crops) {
        const face = asFound(theirs);
        const crop = cropped(pixels, face);
        const seen = quality(crop, face);
        const eyesAndMouth = [relief(crop, EYES), relief(crop, MOUTH), barest(crop)];
        expect(apart(level(face), theirs.level)).toBeLessThan(STEP);
        expect(apart([turnedBy(face)], [theirs.turned_by])).toBeLessThan(1e-2);
        expect(apart(every(crop, theirs.every, theirs.samples), theirs.samples)).toBeLessThan(STEP);
        for (const [name, value] of Object.entries({ ...seen, trust: trustOf(seen) }))
          expect(value).toBeCloseTo(theirs.quality[name as keyof typeof theirs.quality], 3);
        expect(
          apart(eyesAndMouth, [theirs.relief.eyes, theirs.relief.mouth, theirs.barest]),
        ).toBeLessThan(STEP);
        expect(doubtOfPlace(face)).toBe(theirs.doubts.place);
        expect(doubtOfCrop(crop, seen)).toBe(theirs.doubts.crop);
      }
    });
});

// The detectors are built from a package of npm and kept out of git: `make test` builds them.
describe.skipIf(!built)("with the models that the server runs (tools/build_detector.py)", () => {
  let reader: FaceReader;
  let runners: [near: Runner, far: Runner, expression: Runner];
  const frames: [GoldenFrame, Pixels][] = [];
  beforeAll(async () => {
    const { near, far, expression } = models();
    reader = await openReader(ort, models());
    runners = [
      await openRunner(ort, near),
      await openRunner(ort, far),
      await openRunner(ort, expression),
    ];
    for (const [k, pixels] of pictures(told).entries())
      frames.push([told.frames[k] as GoldenFrame, pixels]);
  }, 120_000);
  afterAll(async () => {
    await reader.close();
    for (const runner of runners) await runner.close();
  });

  test("200 crops and more read as they do there", { timeout: 120_000 }, async () => {
    const { card } = models();
    let read = 0;
    for (const [frame, pixels] of frames)
      for (const theirs of frame.crops) {
        const face = asFound(theirs);
        const crop = cropped(pixels, face);
        const [said] = opinions(await runners[2].run(crop, [1, 1, SIDE, SIDE]), card, 1);
        if (!said) throw new Error("The net says nothing.");
        expect(apart([said.named, said.unclear], [theirs.named, theirs.unclear])).toBeLessThan(
          SHARE,
        );
        expect(doubtOfVotes(said.unclear)).toBe(theirs.doubts.votes);
        expectShares(said.probabilities, theirs.probabilities);
        const reading = readingOf(said.probabilities, quality(crop, face), said.named);
        expect(apart(place(reading), place(theirs.reading))).toBeLessThan(PLACE);
        read++;
      }
    expect(read).toBeGreaterThanOrEqual(200);
  });

  test("faces are found where they are found there", { timeout: 120_000 }, async () => {
    const finder = new FaceFinder(runners[0], runners[1]);
    for (const [frame, pixels] of frames) {
      const found = await finder.find(pixels, frame.thorough);
      expect(found, frame.name).toHaveLength(frame.found.length);
      for (const [k, ours] of found.entries()) {
        const theirs = asFound(frame.found[k] as GoldenFace);
        expect(apart(ours.box, theirs.box), frame.name).toBeLessThan(PIXEL);
        expect(apart(ours.keypoints, theirs.keypoints), frame.name).toBeLessThan(PIXEL);
        expect(apart([ours.score], [theirs.score]), frame.name).toBeLessThan(SHARE);
      }
    }
  });

  test("whole pictures read as they do there", { timeout: 120_000 }, async () => {
    for (const [{ name, thorough, most, look }, pixels] of frames) {
      const ours = await reader.look(pixels, { thorough, ...(most === null ? {} : { most }) });
      expect(ours.others, name).toBe(look.others);
      expect(ours.faces, name).toHaveLength(look.faces.length);
      for (const [k, face] of ours.faces.entries()) {
        const theirs = look.faces[k] as Face;
        // Whole pixels: one more or less where an edge lies halfway.
        expect(apart(face.box, theirs.box), name).toBeLessThanOrEqual(1);
        expectShares(face.probabilities, theirs.probabilities);
        expect(face.expression, name).toBe(theirs.expression);
        expect(apart(place(face), place(theirs)), name).toBeLessThan(PLACE);
      }
      const doubts = (unread: typeof look.unread) => unread.map(({ doubt }) => doubt);
      expect(doubts(ours.unread), name).toEqual(doubts(look.unread));
      for (const [k, { box }] of ours.unread.entries())
        expect(apart(box, look.unread[k]?.box ?? []), name).toBeLessThanOrEqual(1);
    }
  });

  test("nobody is seen where nobody is", { timeout: 60_000 }, async () => {
    const random = numbers(6);
    const nobody = { faces: [], unread: [], others: 0 };
    for (const thorough of [false, true]) {
      expect(await reader.look(painted(1, 1, () => 0))).toEqual(nobody);
      const noise = painted(320, 240, () => 256 * random());
      expect(await reader.look(noise, { thorough })).toEqual(nobody);
    }
  });

  test("a file that is no model is refused", { timeout: 60_000 }, async () => {
    const damaged = { ...models(), far: new Uint8Array(1000) };
    await expect(openReader(ort, damaged)).rejects.toThrow();
  });
});
