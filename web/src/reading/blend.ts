/**
 * Looks → one reading every two seconds, by the time they stand for and not by their number.
 *
 * Between two looks a face is taken to change evenly, so each look stands for half the time
 * to either side (the trapezium rule): a slow device and a fast one tell the same of the same
 * clip. A look weighs by that time, by its trust and by its precision. What nothing is read
 * of lowers the confidence; with more than half of the time unread there is no reading.
 */
import type { Face, Look } from "./types";

/** What several looks at one face say together. */
export type Blended = Omit<Face, "box">;

export interface Weighed {
  readonly face: Face;
  readonly weight: number;
}

/** So much of the time, or of the looks, must have shown a face that could be read. */
export const ENOUGH = 0.5;

export const EVERY_S = 2;
const FIRST_S = 1; // the first reading is waited for
const LONGEST_S = 5; // what lies so far apart is not one stretch: nobody looked in between

export interface Blend {
  /** The reading of the stretch that this look ends, if it ends one and there is enough of it. */
  take(look: Pick<Look, "faces">, atS: number): Blended | null;
  forget(): void;
}

export function createBlend(everyS = EVERY_S, firstS = FIRST_S): Blend {
  let last: { face: Face | null; at: number } | null = null;
  let ends = 0; // when the present stretch is over
  let stretch = createStretch();

  function begin(face: Face | null, at: number) {
    last = { face, at };
    ends = at + firstS;
    stretch = createStretch();
  }

  return {
    take(look, at) {
      const face = look.faces[0] ?? null;
      if (!last || at < last.at || at - last.at > LONGEST_S) {
        begin(face, at);
        return null;
      }
      let told: Blended | null = null;
      const lasts = at - last.at;
      let from = 0; // as shares of the time between the two looks
      while (at >= ends) {
        const to = lasts > 0 ? Math.max(from, (ends - last.at) / lasts) : 1;
        stretch.add(last.face, face, lasts, from, to);
        told = stretch.told();
        stretch = createStretch();
        ends += everyS;
        from = to;
      }
      stretch.add(last.face, face, lasts, from, 1);
      last = { face, at };
      return told;
    },
    forget() {
      last = null;
    },
  };
}

/** How far a look is believed at all: its confidence over the share of its likeliest word. */
export function trust({ confidence, probabilities }: Face): number {
  const likeliest = Math.max(...Object.values(probabilities));
  return likeliest > 0 ? confidence / likeliest : 0;
}

/**
 * Several looks as one. The covariance is that of the mixture (law of total covariance):
 * looks that follow each other are hardly independent, so more of them make nothing surer,
 * and looks that differ make it less sure. `trusted` is the mean trust, those with nothing
 * to read counted in.
 */
export function mixture(parts: readonly Weighed[], trusted: number): Blended {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const share = ({ weight }: Weighed) => (total > 0 ? weight / total : 1 / parts.length);
  const mean = (of: (face: Face) => number) =>
    parts.reduce((sum, part) => sum + share(part) * of(part.face), 0);
  const valence = mean((face) => face.valence);
  const arousal = mean((face) => face.arousal);
  const off = (face: Face) => [face.valence - valence, face.arousal - arousal] as const;
  const spread = (k: 0 | 1 | 2, i: 0 | 1, j: 0 | 1) =>
    mean((face) => face.covariance[k] + off(face)[i] * off(face)[j]);
  const names = new Set(parts.flatMap(({ face }) => Object.keys(face.probabilities)));
  const probabilities: Record<string, number> = {};
  for (const name of names) probabilities[name] = mean((face) => face.probabilities[name] ?? 0);
  const [expression, likeliest] = Object.entries(probabilities).reduce((one, other) =>
    other[1] > one[1] ? other : one,
  );
  return {
    probabilities,
    expression,
    valence: within(-1, valence, 1),
    arousal: within(-1, arousal, 1),
    covariance: [spread(0, 0, 0), spread(1, 0, 1), spread(2, 1, 1)],
    confidence: within(0, likeliest * trusted, 1),
  };
}

function createStretch() {
  const times = new Map<Face, number>(); // seconds that each look stands for
  let all = 0;

  function stand(face: Face | null, seconds: number) {
    if (face && seconds > 0) times.set(face, (times.get(face) ?? 0) + seconds);
  }

  return {
    /** The time between two looks, from one share of it to another. */
    add(before: Face | null, after: Face | null, lasts: number, from: number, to: number) {
      const leaning = (to * to - from * from) / 2; // how much of it is the later look's
      all += lasts * (to - from);
      stand(after, lasts * leaning);
      stand(before, lasts * (to - from - leaning));
    },
    told(): Blended | null {
      let read = 0;
      let trusted = 0;
      const parts: Weighed[] = [];
      for (const [face, seconds] of times) {
        const sure = trust(face);
        read += seconds;
        trusted += seconds * sure;
        parts.push({ face, weight: seconds * sure * precision(face) });
      }
      if (!parts.length || read < ENOUGH * all) return null;
      return mixture(parts, trusted / all);
    },
  };
}

// Added to a look's variance. Without it what is told hangs on which moment of a passing
// smile was looked at: over 2,000 made clips, two looks a second and thirty then lay up to
// .22 apart, with it .047.
const EASING = 2;

function precision({ covariance: [vv, , aa] }: Face): number {
  return 1 / (EASING + vv + aa);
}

const within = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));
