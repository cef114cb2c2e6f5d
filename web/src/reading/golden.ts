/**
 * What the server reads in made pictures, for tests: `tests/golden/face-reading.json`.
 *
 * Python writes it (`tools/golden.py`) and says there how a recipe becomes a picture.
 */
import { readFileSync } from "node:fs";
import type { Box, Doubt, Face, Look, Pixels } from "./types";

interface Part {
  readonly offset: number;
  readonly width: number;
  readonly height: number;
}
type Six = readonly [number, number, number, number, number, number];
type Layer =
  | { readonly cover: Box; readonly grey: number }
  | {
      readonly part: string;
      readonly matrix: Six;
      readonly gain: number;
      readonly within: Box | null;
    };

interface Recipe {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly ground: number;
  readonly noise: number;
  readonly seed: number;
  readonly layers: readonly Layer[];
}

export interface GoldenFace {
  readonly box: readonly [number, number, number, number];
  readonly keypoints: readonly (readonly [number, number])[];
  readonly score: number;
}

/** What a net is given. */
export interface Prepared {
  readonly side: number;
  readonly share: number;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly mean: number;
  readonly every: number;
  readonly samples: readonly number[];
}

/** One face from its place in the picture to its reading. */
export interface GoldenCrop extends GoldenFace {
  readonly level: readonly [number, number];
  readonly turned_by: number;
  readonly every: number;
  readonly samples: readonly number[];
  readonly quality: Readonly<Record<"pixels" | "light" | "contrast" | "detail" | "trust", number>>;
  readonly relief: { readonly eyes: number; readonly mouth: number };
  readonly barest: number;
  readonly doubts: Readonly<Record<"place" | "crop" | "votes", Doubt | null>>;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly named: number;
  readonly unclear: number;
  readonly reading: Pick<Face, "valence" | "arousal" | "covariance" | "confidence">;
}

export interface GoldenFrame extends Recipe {
  readonly thorough: boolean;
  readonly most: number | null;
  /** Of all bytes of the picture. */
  readonly sum: number;
  readonly prepared: Readonly<Record<string, Prepared>>;
  readonly found: readonly GoldenFace[];
  readonly crops: readonly GoldenCrop[];
  readonly look: Look;
}

export interface Golden {
  readonly expressions: readonly string[];
  readonly parts: Readonly<Record<string, Part>>;
  readonly frames: readonly GoldenFrame[];
  readonly tiles: readonly {
    readonly shape: readonly [height: number, width: number];
    readonly squares: readonly (readonly [number, number, number, number])[];
  }[];
}

const folder = new URL("../../../tests/golden/", import.meta.url);

export function golden(): Golden {
  return JSON.parse(readFileSync(new URL("face-reading.json", folder), "utf-8"));
}

/** The pictures of all frames, in their order. */
export function pictures({ parts, frames }: Golden): Pixels[] {
  const bytes = readFileSync(new URL("face-reading.bin", folder));
  return frames.map((recipe) => painted(recipe, parts, bytes));
}

function painted(recipe: Recipe, parts: Golden["parts"], bytes: Uint8Array): Pixels {
  const { width, height, ground, noise } = recipe;
  const data = new Uint8ClampedArray(4 * width * height);
  let state = recipe.seed;
  for (let k = 0; k < data.length; k++) {
    if (k % 4 === 3) {
      data[k] = 255;
      continue;
    }
    data[k] = ground; // a clamped array keeps what is above 255 at 255
    if (noise === 0) continue;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[k] = ground + (((state >>> 16) * noise) >> 16);
  }
  const pixels = { width, height, data };
  for (const layer of recipe.layers) lay(layer, pixels, parts, bytes);
  return pixels;
}

function lay(
  layer: Layer,
  { width, height, data }: Pixels,
  parts: Golden["parts"],
  bytes: Uint8Array,
) {
  const all: Box = [0, 0, width, height];
  const [left, top, across, down] = "cover" in layer ? layer.cover : (layer.within ?? all);
  for (let y = Math.max(0, top); y < Math.min(height, top + down); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + across); x++) {
      const to = 4 * (y * width + x);
      if ("cover" in layer) {
        data.fill(layer.grey, to, to + 3);
        continue;
      }
      const part = parts[layer.part] as Part;
      const [a, b, c, d, e, f] = layer.matrix;
      const column = Math.floor((a * x + b * y + c) / 65536);
      const row = Math.floor((d * x + e * y + f) / 65536);
      if (column < 0 || column >= part.width || row < 0 || row >= part.height) continue;
      const from = part.offset + 3 * (row * part.width + column);
      for (let k = 0; k < 3; k++) data[to + k] = ((bytes[from + k] as number) * layer.gain) >> 8;
    }
}
