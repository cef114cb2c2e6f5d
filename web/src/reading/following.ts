/**
 * The same face from one picture of a clip to the next, by where it is.
 *
 * Boxes that overlap are one face. No face is recognised: whoever leaves and comes back is
 * somebody new, unless in the very same place. As `src/affetto/senses/following.py`.
 */
import type { Box, Face, Look, Unread } from "./types";

const SAME = 0.2; // of the union of two boxes; people move between two moments
const PATIENCE_S = 1; // how long a face may be out of sight

export interface Follower {
  /** The face that is followed, of those in one look: the largest, then whoever that was. */
  pick(look: Pick<Look, "faces" | "unread">, atS: number): Face | Unread | null;
}

interface Track {
  box: Box;
  seenS: number;
}

export function createFollower(): Follower {
  let tracks: Track[] = [];
  let followed: Track | null = null;

  /** Each face with the track it continues: of all pairs, the best overlap first. */
  function placed(faces: readonly (Face | Unread)[], atS: number): Track[] {
    tracks = tracks.filter((track) => track.seenS >= atS - PATIENCE_S);
    const pairs = faces
      .flatMap(({ box }, i) => tracks.map((track, k) => ({ i, k, share: overlap(box, track.box) })))
      .filter(({ share }) => share >= SAME)
      .sort((one, other) => other.share - one.share || other.i - one.i || other.k - one.k);
    const chosen = new Map<number, number>();
    const taken = new Set<number>();
    for (const { i, k } of pairs)
      if (!chosen.has(i) && !taken.has(k)) {
        chosen.set(i, k);
        taken.add(k);
      }
    const before = [...tracks];
    return faces.map(({ box }, i) => {
      const known = before[chosen.get(i) ?? -1];
      if (known) return Object.assign(known, { box, seenS: atS });
      const track = { box, seenS: atS };
      tracks.push(track);
      return track;
    });
  }

  return {
    pick(look, atS) {
      const faces = [...look.faces, ...look.unread].sort((a, b) => area(b.box) - area(a.box));
      const seen = placed(faces, atS);
      if (!seen.length) return null;
      if (!followed || !seen.includes(followed)) followed = seen[0] ?? null;
      return (followed && faces[seen.indexOf(followed)]) ?? null;
    },
  };
}

/** What two boxes share of their union, in [0, 1]. */
export function overlap(one: Box, other: Box): number {
  const wide = Math.min(one[0] + one[2], other[0] + other[2]) - Math.max(one[0], other[0]);
  const high = Math.min(one[1] + one[3], other[1] + other[3]) - Math.max(one[1], other[1]);
  const shared = Math.max(0, wide) * Math.max(0, high);
  const union = area(one) + area(other) - shared;
  return union ? shared / union : 0;
}

const area = ([, , width, height]: Box) => width * height;
