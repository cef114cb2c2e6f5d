/**
 * Where expressions lie on the mood map, and what a distribution over them says.
 *
 * As `src/affetto/emotion.py`, where the source of the numbers is named.
 */
import { clamped } from "./pixels";

export interface Affect {
  readonly valence: number;
  readonly arousal: number;
}

export type Covariance = readonly [vv: number, va: number, aa: number];

export const EXPRESSIONS: Readonly<Record<string, Affect>> = {
  angry: { valence: -0.51, arousal: 0.59 },
  disgust: { valence: -0.6, arousal: 0.35 },
  fear: { valence: -0.64, arousal: 0.6 },
  happy: { valence: 0.81, arousal: 0.51 },
  sad: { valence: -0.63, arousal: -0.27 },
  surprise: { valence: 0.4, arousal: 0.67 },
  neutral: { valence: 0, arousal: 0 },
};

/**
 * Mean and covariance on the map of shares that sum to 1 and name keys of `EXPRESSIONS`.
 *
 * A face that may be happy or sad is unsure, not neutral.
 */
export function affectOf(probabilities: Readonly<Record<string, number>>): [Affect, Covariance] {
  const placed = Object.entries(probabilities).map(([name, share]) => {
    const affect = EXPRESSIONS[name];
    if (!affect) throw new Error(`${name} is no expression that has a place on the map.`);
    return { share, affect };
  });
  let valence = 0;
  let arousal = 0;
  for (const { share, affect } of placed) {
    valence += share * affect.valence;
    arousal += share * affect.arousal;
  }
  let vv = 0;
  let va = 0;
  let aa = 0;
  for (const { share, affect } of placed) {
    const dv = affect.valence - valence;
    const da = affect.arousal - arousal;
    vv += share * dv * dv;
    va += share * dv * da;
    aa += share * da * da;
  }
  const mean = { valence: clamped(valence, -1, 1), arousal: clamped(arousal, -1, 1) };
  return [mean, [vv, va, aa]];
}
