/**
 * Where the faces are: a picture in, boxes and keypoints out.
 *
 * As `src/affetto/senses/face_finder.py`: two nets that answer for each cell of a grid
 * with a score, a box and six keypoints relative to the middle of that cell.
 */
import { type Region, rounded, whole } from "./pixels";
import type { Runner } from "./runner";
import type { Pixels } from "./types";

/** Keypoints in order; right and left are the face's own. */
export const RIGHT_EYE = 0;
export const LEFT_EYE = 1;
export const NOSE = 2;
export const MOUTH = 3;
export const RIGHT_EAR = 4;
export const LEFT_EAR = 5;
const POINTS = 6;

/** What tells one detector from another. */
export interface Detector {
  /** Pixels of the net's input. */
  readonly side: number;
  /** Cells along one side, and answers for each of them, in the order of the answers. */
  readonly grids: readonly (readonly [cells: number, answers: number])[];
}

export const NEAR: Detector = {
  side: 128,
  grids: [
    [16, 2],
    [8, 6],
  ],
};
export const FAR: Detector = { side: 192, grids: [[48, 1]] };

export const SURE = 0.5;
export const SURE_IN_A_TILE = 0.7;
export const STEPPED_BACK = 0.45;
export const SAME = 0.3;
export const FILLING = 0.5;
export const SMALL = 0.09;
export const SMALL_TO_NEAR = 0.2;
export const MOST = 64;

/** The edges of a box. */
export type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** One face in the pixels of the picture it was found in. */
export interface FoundFace {
  /** Brow to chin; may reach over the edge. */
  readonly box: Corners;
  /** x and y of six points, in the order of the constants above. */
  readonly keypoints: readonly number[];
  /** [0, 1] */
  readonly score: number;
}

/** The shorter side of a face's box in pixels. */
export function sideOf({ box }: FoundFace): number {
  const [left, top, right, bottom] = box;
  return Math.min(right - left, bottom - top);
}

/** How a picture got into the net's input: p lies at p * scale + (left, top). */
export interface Placing {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** One of the two nets, with the input it is fed from. */
class Eye {
  readonly input: Float32Array;
  readonly shape: readonly number[];
  readonly middles: Float32Array;

  constructor(
    readonly net: Runner,
    readonly detector: Detector,
  ) {
    const { side } = detector;
    this.input = new Float32Array(3 * side * side);
    this.shape = [1, 3, side, side];
    this.middles = anchors(detector);
  }

  /** The faces of a stretch of the picture, in the picture's pixels. */
  async look(pixels: Pixels, stretch: Region, sure: number, share = 1): Promise<FoundFace[]> {
    const placing = letterboxed(pixels, stretch, this.detector.side, this.input, share);
    const { boxes, scores } = await this.net.run(this.input, this.shape);
    if (!boxes || !scores) throw new Error("The face detector gives no boxes or no scores.");
    return decoded(boxes, scores, this.middles, sure)
      .map((face) => placed(face, placing, stretch))
      .filter((face) => isWithin(face, stretch));
  }
}

/** Finds faces with the two detectors. */
export class FaceFinder {
  private readonly near: Eye;
  private readonly far: Eye;

  constructor(near: Runner, far: Runner) {
    this.near = new Eye(near, NEAR);
    this.far = new Eye(far, FAR);
  }

  /** Every face in the picture, largest first; `thorough` is for still pictures. */
  async find(pixels: Pixels, thorough = false): Promise<FoundFace[]> {
    const all = whole(pixels);
    const shorter = Math.min(pixels.width, pixels.height);
    const longer = Math.max(pixels.width, pixels.height);
    let faces = await this.near.look(pixels, all, SURE);
    if (faces.length === 0 || faces.some((face) => sideOf(face) < SMALL_TO_NEAR * shorter))
      faces = await this.far.look(pixels, all, SURE);
    if (thorough && faces.length === 0) {
      const further = await this.far.look(pixels, all, SURE, STEPPED_BACK);
      faces = further.filter((face) => sideOf(face) > FILLING * shorter);
    }
    if (thorough && longer > FAR.side && faces.every((face) => sideOf(face) < SMALL * longer)) {
      const closer = [...faces];
      for (const tile of tiles(pixels)) closer.push(...(await this.inTile(pixels, tile)));
      faces = merged(closer);
    }
    return faces.sort((a, b) => area(b) - area(a)).slice(0, MOST);
  }

  private async inTile(pixels: Pixels, tile: Region): Promise<FoundFace[]> {
    const faces = await this.far.look(pixels, tile, SURE_IN_A_TILE);
    // A face that a tile's edge cuts is whole in the neighbouring tile.
    return faces.filter(({ box: [left, top, right, bottom] }) => {
      const cut =
        (left < tile.left && tile.left > 0) ||
        (top < tile.top && tile.top > 0) ||
        (right > tile.right && tile.right < pixels.width) ||
        (bottom > tile.bottom && tile.bottom < pixels.height);
      return !cut;
    });
  }
}

/** Fills `image` with a stretch of the picture as the net takes it: [-1, 1], black bars. */
export function letterboxed(
  pixels: Pixels,
  stretch: Region,
  side: number,
  image: Float32Array,
  share = 1,
): Placing {
  const wide = stretch.right - stretch.left;
  const high = stretch.bottom - stretch.top;
  const scale = (share * side) / Math.max(high, wide);
  const newWide = Math.max(1, rounded(wide * scale));
  const newHigh = Math.max(1, rounded(high * scale));
  const left = Math.floor((side - newWide) / 2);
  const top = Math.floor((side - newHigh) / 2);
  image.fill(-1);
  const { data, width } = pixels;
  const plane = side * side;
  for (let row = 0; row < newHigh; row++) {
    const y0 = stretch.top + Math.floor((row * high) / newHigh);
    const y1 = Math.max(y0 + 1, stretch.top + Math.floor(((row + 1) * high) / newHigh));
    for (let column = 0; column < newWide; column++) {
      const x0 = stretch.left + Math.floor((column * wide) / newWide);
      const x1 = Math.max(x0 + 1, stretch.left + Math.floor(((column + 1) * wide) / newWide));
      let [r, g, b] = [0, 0, 0];
      for (let y = y0; y < y1; y++)
        for (let k = 4 * (y * width + x0); k < 4 * (y * width + x1); k += 4) {
          r += data[k] as number;
          g += data[k + 1] as number;
          b += data[k + 2] as number;
        }
      const share = 1 / ((y1 - y0) * (x1 - x0) * 127.5);
      const place = (top + row) * side + left + column;
      image[place] = r * share - 1;
      image[place + plane] = g * share - 1;
      image[place + 2 * plane] = b * share - 1;
    }
  }
  return { scale, left, top };
}

/** The middle of each cell in pixels of the input, x and y, in the order of the answers. */
export function anchors({ side, grids }: Detector): Float32Array {
  const middles: number[] = [];
  for (const [cells, answers] of grids)
    for (let row = 0; row < cells; row++)
      for (let column = 0; column < cells; column++)
        for (let answer = 0; answer < answers; answer++)
          middles.push(((column + 0.5) * side) / cells, ((row + 0.5) * side) / cells);
  return Float32Array.from(middles);
}

/** What the net's answer means, in pixels of its input, one entry a face. */
export function decoded(
  raw: Float32Array,
  logits: Float32Array,
  middles: Float32Array,
  sure: number,
): FoundFace[] {
  const least = Math.log(sure / (1 - sure));
  const width = 4 + 2 * POINTS; // middle, size, six keypoints
  const faces: FoundFace[] = [];
  for (let cell = 0; cell < logits.length; cell++) {
    const logit = logits[cell] as number;
    if (!(logit > least)) continue;
    const answer = raw.subarray(cell * width, (cell + 1) * width);
    const [x = 0, y = 0, wide = 0, high = 0] = answer;
    const middleX = middles[2 * cell] as number;
    const middleY = middles[2 * cell + 1] as number;
    const halfWide = Math.abs(wide) / 2;
    const halfHigh = Math.abs(high) / 2;
    const centreX = Math.fround(x + middleX);
    const centreY = Math.fround(y + middleY);
    faces.push({
      box: [centreX - halfWide, centreY - halfHigh, centreX + halfWide, centreY + halfHigh],
      keypoints: Array.from(answer.subarray(4), (value, k) => value + (k % 2 ? middleY : middleX)),
      score: Math.fround(1 / (1 + Math.exp(-Math.min(Math.max(logit, -80), 80)))),
    });
  }
  return merged(faces);
}

/** One entry a face, likeliest first: looks at one face are averaged by their scores. */
export function merged(faces: readonly FoundFace[]): FoundFace[] {
  let rest = [...faces].sort((a, b) => b.score - a.score);
  const kept: FoundFace[] = [];
  for (let first = rest[0]; first; first = rest[0]) {
    const { box, score } = first;
    const group: FoundFace[] = [];
    const others: FoundFace[] = [];
    for (const face of rest)
      (face === first || overlap(box, face.box) > SAME ? group : others).push(face);
    rest = others;
    const total = group.reduce((sum, face) => sum + face.score, 0);
    const mean = (of: (face: FoundFace) => number) =>
      group.reduce((sum, face) => sum + (face.score / total) * of(face), 0);
    kept.push({
      box: [
        mean((face) => face.box[0]),
        mean((face) => face.box[1]),
        mean((face) => face.box[2]),
        mean((face) => face.box[3]),
      ],
      keypoints: first.keypoints.map((_, k) => mean((face) => face.keypoints[k] as number)),
      score,
    });
  }
  return kept;
}

/** Intersection over union of two boxes, in [0, 1]. */
export function overlap(one: Corners, other: Corners): number {
  const [l1, t1, r1, b1] = one;
  const [l2, t2, r2, b2] = other;
  const wide = Math.max(0, Math.min(r1, r2) - Math.max(l1, l2));
  const high = Math.max(0, Math.min(b1, b2) - Math.max(t1, t2));
  const shared = wide * high;
  const union = (r1 - l1) * (b1 - t1) + (r2 - l2) * (b2 - t2) - shared;
  return union > 0 ? shared / union : 0;
}

/** Overlapping squares that cover a picture twice over: the shorter side, then half. */
export function tiles({ width, height }: { width: number; height: number }): Region[] {
  const shorter = Math.min(width, height);
  const squares: Region[] = [];
  for (const side of [shorter, Math.floor(shorter / 2)]) {
    if (side < FAR.side / 2 || side > 0.8 * Math.max(width, height)) continue;
    for (const top of starts(height, side))
      for (const left of starts(width, side))
        squares.push({ left, top, right: left + side, bottom: top + side });
  }
  return squares;
}

function starts(length: number, side: number): number[] {
  const count = 1 + Math.ceil((2 * (length - side)) / side); // steps of at most half a side
  return Array.from({ length: count }, (_, k) =>
    rounded((k * (length - side)) / Math.max(1, count - 1)),
  );
}

function placed(face: FoundFace, placing: Placing, stretch: Region): FoundFace {
  const { scale, left, top } = placing;
  const x = (value: number) => (value - left) / scale + stretch.left;
  const y = (value: number) => (value - top) / scale + stretch.top;
  const [l, t, r, b] = face.box;
  return {
    box: [x(l), y(t), x(r), y(b)],
    keypoints: face.keypoints.map((value, k) => (k % 2 ? y(value) : x(value))),
    score: face.score,
  };
}

/** Whether the middle of the face is in the picture, not in the bars beside it. */
function isWithin({ box }: FoundFace, { left, top, right, bottom }: Region): boolean {
  const [l, t, r, b] = box;
  const [x, y] = [(l + r) / 2, (t + b) / 2];
  return x >= left && x < right && y >= top && y < bottom;
}

function area({ box }: FoundFace): number {
  const [left, top, right, bottom] = box;
  return (right - left) * (bottom - top);
}
