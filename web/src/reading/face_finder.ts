/**
 * Where the faces are: a picture in, boxes and keypoints out.
 *
 * As `src/affetto/senses/face_finder.py`, where the numbers come from is said there: two
 * nets that answer for the cells of their grids with a score, a box and six keypoints
 * relative to the middle of the cell.
 */
import { letterboxed, type Placing } from "./letterbox";
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

/** How one of the nets sees and answers. */
export interface Net {
  /** Pixels of its input. */
  readonly side: number;
  /** Cells along one side, and answers of each cell. */
  readonly grids: readonly (readonly [cells: number, each: number])[];
  /**
   * The far net's box beside its own: so many times as wide, and moved down the face by so
   * many times its side.
   */
  readonly wider: number;
  readonly lower: number;
}

export const NEAR: Net = {
  side: 128,
  grids: [
    [16, 2],
    [8, 6],
  ],
  wider: 1.05,
  lower: -0.055,
};
export const FAR: Net = { side: 192, grids: [[48, 1]], wider: 1, lower: 0 };

export const SURE = 0.5;
export const SURE_IN_A_TILE = 0.7;
export const SURE_NEAR = 0.75;
export const NEAR_ENOUGH = 0.18;
export const STEPPED_BACK = 0.45;
export const SAME = 0.3;
export const FILLING = 0.5;
export const SMALL = 0.09;
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

/** One of the two nets, with the input it is fed from. */
class Eye {
  private readonly input: Float32Array;
  private readonly shape: readonly number[];
  private readonly middles: Float32Array;

  constructor(
    private readonly runner: Runner,
    private readonly net: Net,
  ) {
    this.input = new Float32Array(3 * net.side * net.side);
    this.shape = [1, 3, net.side, net.side];
    this.middles = anchors(net);
  }

  /** The faces in a stretch of the picture, in the picture's pixels. */
  async look(
    pixels: Pixels,
    { stretch = whole(pixels), sure = SURE, share = 1 } = {},
  ): Promise<FoundFace[]> {
    const { net, input } = this;
    const placing = letterboxed(pixels, stretch, net.side, input, share);
    const { boxes, scores } = await this.runner.run(input, this.shape);
    if (!boxes || !scores) throw new Error("The face detector gives no boxes or no scores.");
    return decoded(boxes, scores, this.middles, sure)
      .map((face) => asFar(placed(face, placing, stretch), net))
      .filter((face) => isWithin(face, stretch));
  }
}

/** Finds faces with the two nets. */
export class FaceFinder {
  private readonly near: Eye;
  private readonly far: Eye;

  constructor(near: Runner, far: Runner) {
    this.near = new Eye(near, NEAR);
    this.far = new Eye(far, FAR);
  }

  /** Every face in the picture, largest first; `thorough` is for still pictures. */
  async find(pixels: Pixels, thorough = false): Promise<FoundFace[]> {
    const faces = thorough ? await this.thorough(pixels) : await this.quick(pixels);
    return faces.sort((a, b) => area(b) - area(a)).slice(0, MOST);
  }

  private async quick(pixels: Pixels): Promise<FoundFace[]> {
    const enough = NEAR_ENOUGH * Math.max(pixels.width, pixels.height);
    const faces = await this.near.look(pixels, { sure: SURE_NEAR });
    if (faces.some((face) => sideOf(face) >= enough)) return faces;
    const others = await this.far.look(pixels);
    return others.length > 0 ? others : faces;
  }

  private async thorough(pixels: Pixels): Promise<FoundFace[]> {
    const longer = Math.max(pixels.width, pixels.height);
    const shorter = Math.min(pixels.width, pixels.height);
    let faces = await this.far.look(pixels);
    if (faces.length === 0) faces = await this.near.look(pixels, { sure: SURE_NEAR });
    if (faces.length === 0) {
      const back = await this.far.look(pixels, { share: STEPPED_BACK });
      faces = back.filter((face) => sideOf(face) > FILLING * shorter);
    }
    if (longer > FAR.side && faces.every((face) => sideOf(face) < SMALL * longer)) {
      const closer = [...faces];
      for (const tile of tiles(pixels)) closer.push(...(await this.inTile(pixels, tile)));
      faces = merged(closer);
    }
    return faces;
  }

  private async inTile(pixels: Pixels, tile: Region): Promise<FoundFace[]> {
    const faces = await this.far.look(pixels, { stretch: tile, sure: SURE_IN_A_TILE });
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

/** The middle of each cell in pixels of the input, x and y, in the order of the answers. */
export function anchors({ side, grids }: Net): Float32Array {
  const middles: number[] = [];
  for (const [cells, each] of grids)
    for (let row = 0; row < cells; row++)
      for (let column = 0; column < cells; column++)
        for (let answer = 0; answer < each; answer++)
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

/** A face that `net` found, with the box that the far net would give it. */
export function asFar(face: FoundFace, { wider, lower }: Net): FoundFace {
  if (wider === 1 && lower === 0) return face;
  const [acrossX, acrossY] = level(face);
  const [left, top, right, bottom] = face.box;
  const x = (left + right) / 2 - acrossY * lower * sideOf(face);
  const y = (top + bottom) / 2 + acrossX * lower * sideOf(face);
  const halfWide = ((right - left) * wider) / 2;
  const halfHigh = ((bottom - top) * wider) / 2;
  return { ...face, box: [x - halfWide, y - halfHigh, x + halfWide, y + halfHigh] };
}

/** The direction of the face's own horizontal in the picture, a unit vector. */
export function level(face: FoundFace): readonly [x: number, y: number] {
  const x = (k: number) => face.keypoints[2 * k] as number;
  const y = (k: number) => face.keypoints[2 * k + 1] as number;
  const fallX = x(MOUTH) - (x(RIGHT_EYE) + x(LEFT_EYE)) / 2;
  const fallY = y(MOUTH) - (y(RIGHT_EYE) + y(LEFT_EYE)) / 2;
  const acrossX = x(LEFT_EYE) - x(RIGHT_EYE) + fallY;
  const acrossY = y(LEFT_EYE) - y(RIGHT_EYE) - fallX;
  const length = Math.hypot(acrossX, acrossY);
  return length < 1e-3 ? [1, 0] : [acrossX / length, acrossY / length];
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
