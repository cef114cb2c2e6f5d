/** Faces and clips made of numbers, for the tests of reading. */
import { type Blended, createBlend } from "./blend";
import type { Face, Look } from "./types";

/** Where each expression lies, as `affetto.emotion.EXPRESSIONS` has it. */
export const EXPRESSIONS = {
  angry: [-0.51, 0.59],
  disgust: [-0.6, 0.35],
  fear: [-0.64, 0.6],
  happy: [0.81, 0.51],
  sad: [-0.63, -0.27],
  surprise: [0.4, 0.67],
  neutral: [0, 0],
} as const;
type Name = keyof typeof EXPRESSIONS;
const NAMES = Object.keys(EXPRESSIONS) as Name[];

/** A face with these shares, which sum to 1, placed as the model places one. */
export function faceOf(shares: Partial<Record<Name, number>>, trust = 1): Face {
  const probabilities = Object.fromEntries(NAMES.map((name) => [name, shares[name] ?? 0]));
  const mean = (of: (name: Name) => number) =>
    NAMES.reduce((sum, name) => sum + (shares[name] ?? 0) * of(name), 0);
  const valence = mean((name) => EXPRESSIONS[name][0]);
  const arousal = mean((name) => EXPRESSIONS[name][1]);
  const dv = (name: Name) => EXPRESSIONS[name][0] - valence;
  const da = (name: Name) => EXPRESSIONS[name][1] - arousal;
  const likeliest = NAMES.reduce((a, b) => ((shares[b] ?? 0) > (shares[a] ?? 0) ? b : a));
  return {
    box: [100, 100, 200, 200],
    probabilities,
    expression: likeliest,
    valence,
    arousal,
    covariance: [
      0.04 + mean((name) => dv(name) ** 2),
      mean((name) => dv(name) * da(name)),
      0.04 + mean((name) => da(name) ** 2),
    ],
    confidence: trust * (shares[likeliest] ?? 0),
  };
}

/** Even numbers in [0, 1) from a seed (mulberry32). */
export function fast(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let n = Math.imul(state ^ (state >>> 15), 1 | state);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) / 4294967296;
  };
}

export type Shown = (atS: number) => Face | null;

const CHANGE_S = 1; // how long a face takes from one look to another

/**
 * A clip of a face that goes from one expression to another at odd moments, each change
 * taking a second, in light that comes and goes. With `leaves` it is gone for a while.
 */
export function clip(seed: number, leaves = false, lengthS = 40): Shown {
  const random = fast(seed);
  const turns: { at: number; shares: Partial<Record<Name, number>> }[] = [];
  for (let at = -CHANGE_S; at < lengthS; at += CHANGE_S + 4 * random()) {
    const [one, other] = [0, 1].map(() => NAMES[Math.floor(random() * NAMES.length)] ?? "neutral");
    const much = 0.5 + 0.45 * random();
    turns.push({
      at,
      shares:
        one === other ? { [one as Name]: 1 } : { [one as Name]: much, [other as Name]: 1 - much },
    });
  }
  const away = leaves ? { from: 0.7 * lengthS * random(), lasts: 1 + 5 * random() } : null;
  const light = { slow: 6 + 6 * random(), begins: 6 * random() };
  return (at) => {
    if (away && at >= away.from && at < away.from + away.lasts) return null;
    const next = turns.findIndex((turn) => turn.at > at);
    const now = turns[(next < 0 ? turns.length : next) - 1];
    const before = turns[(next < 0 ? turns.length : next) - 2] ?? now;
    if (!now || !before) return null;
    const part = Math.min(1, (at - now.at) / CHANGE_S);
    const gone = part * part * (3 - 2 * part); // slowly, quickly, slowly
    const shares: Partial<Record<Name, number>> = {};
    for (const name of NAMES)
      shares[name] = (1 - gone) * (before.shares[name] ?? 0) + gone * (now.shares[name] ?? 0);
    const trust = 0.75 + 0.25 * Math.sin((2 * Math.PI * (at + light.begins)) / light.slow);
    return faceOf(shares, trust);
  };
}

/** What is told of a clip that is looked at so often a second; null where nothing is. */
export function sampled(
  shown: Shown,
  fps: number,
  lengthS: number,
  uneven?: () => number,
): (Blended | null)[] {
  const blend = createBlend(2, 2);
  const told: (Blended | null)[] = [];
  for (let i = 0; i <= fps * lengthS; i += 1) {
    const at = (i + (uneven && i > 0 && i < fps * lengthS ? 0.8 * (uneven() - 0.5) : 0)) / fps;
    const ends = at >= 2 * (told.length + 1);
    const reading = blend.take(lookAt(shown(at)), at);
    if (ends) told.push(reading);
  }
  return told;
}

export const lookAt = (face: Face | null): Look => ({
  faces: face ? [face] : [],
  unread: [],
  others: 0,
});
