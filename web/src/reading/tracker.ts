/**
 * Follows a face from frame to frame, so that the detector need not look at every one.
 *
 * Where the face was, a coarse picture of it is kept; in the next frame it is looked for
 * nearby by normalised cross-correlation. The kept picture is always that of the last
 * detection, so nothing drifts. The detector looks again at every fourth frame, when the
 * face is not recognised or has moved far, and when the reader was in doubt.
 */
import type { Finder } from "./face";
import { type FoundFace, sideOf } from "./face_finder";
import { greyAt } from "./light";
import type { Pixels } from "./types";

const CELLS = 24; // along one side of the kept picture
const REACH = 6; // cells that a face may move between two frames: a quarter of its side
const ALIKE = 0.85; // correlation from which on it is the same face, seen alike
const FAR = 0.35; // of the face's side, from where the detector last saw it
const FRAMES = 3; // that follow a detection without one: every fourth frame is detected
const LASTS_MS = 2000; // a device that looks once a second follows for two frames

/** The detector, with a memory of the last frame while `following`. */
export class Tracker implements Finder {
  /** Whether the next picture belongs to a row of them. */
  following = false;
  private kept: Kept | null = null;

  constructor(
    private readonly finder: Finder,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async find(pixels: Pixels, thorough = false): Promise<FoundFace[]> {
    if (!this.following) {
      this.forget();
      return this.finder.find(pixels, thorough);
    }
    const moved = this.kept && this.follow(this.kept, pixels);
    if (moved) return moved;
    const faces = await this.finder.find(pixels, thorough);
    this.kept = faces[0] ? keep(faces, faces[0], pixels, this.now()) : null;
    return faces;
  }

  /** The detector looks at the next frame, whatever it shows. */
  forget() {
    this.kept = null;
  }

  /** The faces where they are now; null when the detector had better look. */
  private follow(kept: Kept, pixels: Pixels): FoundFace[] | null {
    const { face, frames, size, at } = kept;
    if (frames >= FRAMES || this.now() - at > LASTS_MS) return null;
    if (size[0] !== pixels.width || size[1] !== pixels.height) return null;
    const shift = found(kept, pixels);
    if (!shift) return null;
    const [dx, dy] = [kept.moved[0] + shift[0], kept.moved[1] + shift[1]];
    if (Math.hypot(dx, dy) > FAR * sideOf(face)) return null;
    kept.moved = [dx, dy];
    kept.frames += 1;
    return [shifted(face, dx, dy), ...kept.others];
  }
}

interface Kept {
  readonly face: FoundFace;
  readonly others: readonly FoundFace[];
  /** CELLS × CELLS, mean 0 and length 1. */
  readonly picture: Float32Array;
  readonly size: readonly [number, number];
  readonly at: number;
  /** From where the detector saw it, in pixels. */
  moved: readonly [number, number];
  frames: number;
}

function keep(
  faces: readonly FoundFace[],
  face: FoundFace,
  pixels: Pixels,
  at: number,
): Kept | null {
  const picture = coarse(pixels, face, [0, 0], 0);
  if (!normalise(picture)) return null; // nothing in it to know it by
  const size = [pixels.width, pixels.height] as const;
  return { face, others: faces.slice(1), picture, size, at, moved: [0, 0], frames: 0 };
}

/** How far the face moved since the last frame, in pixels; null when it is not there. */
function found({ face, picture, moved }: Kept, pixels: Pixels): [number, number] | null {
  const wide = CELLS + 2 * REACH;
  const around = coarse(pixels, face, moved, REACH);
  const steps = 2 * REACH + 1;
  const scores = new Float32Array(steps * steps);
  const part = new Float32Array(CELLS * CELLS);
  let best = 0;
  for (let down = 0; down < steps; down += 1)
    for (let across = 0; across < steps; across += 1) {
      for (let row = 0; row < CELLS; row += 1) {
        const from = (down + row) * wide + across;
        part.set(around.subarray(from, from + CELLS), row * CELLS);
      }
      let score = 0;
      if (normalise(part))
        for (let i = 0; i < part.length; i += 1) score += (part[i] ?? 0) * (picture[i] ?? 0);
      const place = down * steps + across;
      scores[place] = score;
      if (score > (scores[best] ?? 0)) best = place;
    }
  if ((scores[best] ?? 0) < ALIKE) return null;
  const [across, down] = [best % steps, Math.floor(best / steps)];
  if (across === 0 || down === 0 || across === steps - 1 || down === steps - 1) return null;
  const score = (place: number) => scores[place] ?? 0;
  const cell = sideOf(face) / CELLS;
  return [
    (across - REACH + peak(score(best - 1), score(best), score(best + 1))) * cell,
    (down - REACH + peak(score(best - steps), score(best), score(best + steps))) * cell,
  ];
}

/** Where between its neighbours a parabola through three scores is highest, in [-.5, .5]. */
function peak(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after;
  return bend < -1e-9 ? Math.min(0.5, Math.max(-0.5, (before - after) / (2 * bend))) : 0;
}

/** Grey means of the cells of a face's square, `moved`, and of `more` cells around it. */
function coarse(
  { width, height, data }: Pixels,
  face: FoundFace,
  moved: readonly [number, number],
  more: number,
): Float32Array {
  const [left, top, right, bottom] = face.box;
  const cell = sideOf(face) / CELLS;
  const cells = CELLS + 2 * more;
  const x0 = (left + right) / 2 + moved[0] - (cell * cells) / 2;
  const y0 = (top + bottom) / 2 + moved[1] - (cell * cells) / 2;
  const grey = new Float32Array(cells * cells);
  const each = Math.max(1, Math.min(3, Math.round(cell / 2))); // samples along a cell
  const step = cell / each;
  for (let row = 0; row < cells; row += 1)
    for (let column = 0; column < cells; column += 1) {
      let sum = 0;
      for (let k = 0; k < each * each; k += 1) {
        const x = Math.floor(x0 + column * cell + ((k % each) + 0.5) * step);
        const y = Math.floor(y0 + row * cell + (Math.floor(k / each) + 0.5) * step);
        const at =
          4 * (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x)));
        sum += greyAt(data, at);
      }
      grey[row * cells + column] = sum / (each * each);
    }
  return grey;
}

/** Make the mean 0 and the length 1; false when there is next to nothing to see. */
function normalise(values: Float32Array): boolean {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = (values[i] ?? 0) - mean;
    values[i] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  if (length < values.length ** 0.5) return false; // one grey level of 255
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) / length;
  return true;
}

function shifted(face: FoundFace, dx: number, dy: number): FoundFace {
  const [left, top, right, bottom] = face.box;
  return {
    box: [left + dx, top + dy, right + dx, bottom + dy],
    keypoints: face.keypoints.map((place, i) => place + (i % 2 === 0 ? dx : dy)),
    score: face.score,
  };
}
