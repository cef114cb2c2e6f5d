/**
 * The face as a sense: a picture in, what each face looks like out.
 *
 * As `src/affetto/senses/face.py`. What a face looks like is not what its owner feels.
 */
import { affectOf, type Covariance, EXPRESSIONS } from "./emotion";
import { cropped, type Quality, quality, SIDE, trustOf } from "./face_crop";
import { doubtOfCrop, doubtOfPlace, doubtOfVotes } from "./face_doubt";
import type { FoundFace } from "./face_finder";
import { opinions } from "./face_votes";
import { clamped, rounded } from "./pixels";
import type { Runner } from "./runner";
import type {
  Box,
  Doubt,
  ExpressionCard,
  Face,
  FaceReader,
  Look,
  LookOptions,
  Pixels,
  Unread,
} from "./types";

export const WITHIN_ONE_WORD = 0.2;
/** Of a face that none of the words fits, no more is known than where faces may lie. */
const NAMES = Object.keys(EXPRESSIONS);
export const ANY_WORD = affectOf(Object.fromEntries(NAMES.map((name) => [name, 1 / NAMES.length])));

/** Anything that finds faces in a picture. */
export interface Finder {
  find(pixels: Pixels, thorough?: boolean): Promise<FoundFace[]>;
}

/** Reads faces that `finder` finds with the net that `expressions` runs. */
export class Reader implements FaceReader {
  private crops = new Float32Array(SIDE * SIDE);
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly finder: Finder,
    private readonly expressions: Runner,
    private readonly card: ExpressionCard,
    private readonly onClose: () => Promise<void>,
  ) {}

  look(pixels: Pixels, options: LookOptions = {}): Promise<Look> {
    // Looks share their memory, so one waits for the other.
    const look = this.turn.then(() => this.lookNow(pixels, options));
    this.turn = look.catch(() => {});
    return look;
  }

  async close(): Promise<void> {
    await this.turn;
    await this.onClose();
  }

  private async lookNow(pixels: Pixels, { thorough, most }: LookOptions): Promise<Look> {
    const found = await this.finder.find(pixels, thorough);
    const chosen = found.slice(0, most);
    const size = SIDE * SIDE;
    const doubts = new Map<FoundFace, Doubt>();
    const fit: { face: FoundFace; seen: Quality }[] = [];
    if (this.crops.length < chosen.length * size)
      this.crops = new Float32Array(chosen.length * size);
    for (const face of chosen) {
      let doubt = doubtOfPlace(face);
      if (!doubt) {
        // The crops to be read lie one after the other, as the net takes them.
        const crop = this.crops.subarray(fit.length * size, (fit.length + 1) * size);
        const seen = quality(cropped(pixels, face, crop), face);
        doubt = doubtOfCrop(crop, seen);
        if (!doubt) fit.push({ face, seen });
      }
      if (doubt) doubts.set(face, doubt);
    }
    const readings = new Map<FoundFace, Omit<Face, "box">>();
    if (fit.length > 0) {
      const shape = [fit.length, 1, SIDE, SIDE];
      const outputs = await this.expressions.run(this.crops.subarray(0, fit.length * size), shape);
      for (const [k, said] of opinions(outputs, this.card, fit.length).entries()) {
        const { face, seen } = fit[k] as (typeof fit)[number];
        const doubt = doubtOfVotes(said.unclear);
        if (doubt) doubts.set(face, doubt);
        else readings.set(face, readingOf(said.probabilities, seen, said.named));
      }
    }
    const faces: Face[] = [];
    const unread: Unread[] = [];
    for (const face of chosen) {
      const box = boxWithin(face, pixels);
      const doubt = doubts.get(face);
      const reading = readings.get(face);
      if (doubt) unread.push({ box, doubt });
      else if (reading) faces.push({ box, ...reading });
    }
    return { faces, unread, others: found.length - chosen.length };
  }
}

/**
 * Folds a distribution over expressions into one reading.
 *
 * `named` is the share s that would choose any of them at all. The covariance is
 * s * (cov(p) + WITHIN_ONE_WORD² I) + (1 - s) * (cov(any) + (any - m)(any - m)ᵀ).
 */
export function readingOf(
  probabilities: Readonly<Record<string, number>>,
  seen: Quality,
  named = 1,
): Omit<Face, "box"> {
  const [{ valence, arousal }, [vv, va, aa]] = affectOf(probabilities);
  const [anywhere, [wideVv, wideVa, wideAa]] = ANY_WORD;
  const dv = anywhere.valence - valence;
  const da = anywhere.arousal - arousal;
  const oneWord = WITHIN_ONE_WORD ** 2;
  const mix = (word: number, any: number) => named * word + (1 - named) * any;
  const covariance: Covariance = [
    mix(vv + oneWord, wideVv + dv * dv),
    mix(va, wideVa + dv * da),
    mix(aa + oneWord, wideAa + da * da),
  ];
  let expression = "";
  let most = Number.NEGATIVE_INFINITY;
  for (const [name, share] of Object.entries(probabilities))
    if (share > most) [expression, most] = [name, share];
  const confidence = named * most * trustOf(seen);
  return { probabilities, expression, valence, arousal, covariance, confidence };
}

/** The face's box in whole pixels, cut at the picture's edge. */
export function boxWithin({ box }: FoundFace, { width, height }: Pixels): Box {
  const [l, t, r, b] = box;
  const [left, right] = [clamped(rounded(l), 0, width), clamped(rounded(r), 0, width)];
  const [top, bottom] = [clamped(rounded(t), 0, height), clamped(rounded(b), 0, height)];
  return [left, top, right - left, bottom - top];
}
