/**
 * How loud each track is played, and how long two of them overlap: numbers only.
 *
 * Levels never clip. A track is only ever turned down, to one loudness; and while two
 * overlap, the gains of an equal-power fade add up to at most √2, which the headroom takes.
 */
import type { Track } from "./api/types";

/** What loud recordings are turned down to: RMS, dB below full scale. */
export const REFERENCE_DB = -18;
/** Kept free for two tracks at once: 1/√2, some 3 dB. */
export const HEADROOM = Math.SQRT1_2;

/** The gain, at most 1, that brings a track to the common loudness; 1 when nobody measured it. */
export function evened(loudnessDb: number | null): number {
  if (loudnessDb === null || !Number.isFinite(loudnessDb)) return 1;
  return Math.min(1, 10 ** ((REFERENCE_DB - loudnessDb) / 20));
}

const SHORTEST_S = 2;
const LONGEST_S = 8;
const UNKNOWN_S = 4;
/** Two moods this far apart on the map are as far as matters; the map is 2 wide. */
const FAR = 1.5;
/** No fade takes more of a track than this. */
const SHARE = 0.2;

type Felt = Pick<Track, "valence" | "arousal" | "duration_s">;

/** Seconds two tracks overlap: moods near each other pass quickly, far ones take their time. */
export function overlapS(from: Felt, to: Felt): number {
  const known = [from, to].every(({ valence, arousal }) => valence !== null && arousal !== null);
  const apart = Math.hypot(
    (to.valence ?? 0) - (from.valence ?? 0),
    (to.arousal ?? 0) - (from.arousal ?? 0),
  );
  const wanted = known
    ? SHORTEST_S + (LONGEST_S - SHORTEST_S) * Math.min(1, apart / FAR)
    : UNKNOWN_S;
  const lengths = [from.duration_s, to.duration_s].filter((length) => length > 0);
  return Math.min(wanted, ...lengths.map((length) => SHARE * length));
}

const STEPS = 129;

/** The gains of an equal-power fade, in even steps: `in` rises from 0 to 1, `out` falls. */
export function equalPower(which: "in" | "out"): Float32Array<ArrayBuffer> {
  const wave = which === "in" ? Math.sin : Math.cos;
  const curve = Float32Array.from({ length: STEPS }, (_, i) =>
    wave(((i / (STEPS - 1)) * Math.PI) / 2),
  );
  curve[which === "in" ? 0 : STEPS - 1] = 0; // and not some 1e-17
  return curve;
}
