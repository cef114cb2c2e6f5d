/**
 * A clip second by second: what the face in it looks like, or why that cannot be told.
 *
 * One person is followed. As `src/affetto/senses/timeline.py`, whose words `affetto read
 * --timeline` prints.
 */
import { type Blended, ENOUGH, mixture, trust } from "./blend";
import { createFollower } from "./following";
import type { Doubt, Face, Look, Unread } from "./types";

/** Looks at a second of a clip. */
export const A_SECOND = 5;

export type Why = Doubt | "nobody";

/** One second of a clip. Either `reading` or `why` is null. */
export interface Second {
  /** Since the clip began; 0 is the first. */
  readonly second: number;
  readonly looks: number;
  /** How many of these looks showed a face that could be read. */
  readonly read: number;
  /** The most faces at once. */
  readonly faces: number;
  readonly reading: Blended | null;
  readonly why: Why | null;
}

export interface Timeline {
  /** Take a look at a moment that is later than the last; the second that is over by it. */
  take(look: Look, atS: number): Second | null;
  /** The last second, which may be short; null when nothing was looked at. */
  rest(): Second | null;
}

export function createTimeline(): Timeline {
  const follower = createFollower();
  let now = 0;
  let looks: { face: Face | Unread | null; faces: number }[] = [];

  function rest(): Second | null {
    const all = looks;
    looks = [];
    return all.length ? told(now, all) : null;
  }

  return {
    take(look, atS) {
      const over = Math.floor(atS) > now ? rest() : null;
      now = Math.floor(atS);
      const faces = look.faces.length + look.unread.length + look.others;
      looks.push({ face: follower.pick(look, atS), faces });
      return over;
    },
    rest,
  };
}

function told(second: number, looks: readonly { face: Face | Unread | null; faces: number }[]) {
  const read = looks.flatMap(({ face }) => (face && "expression" in face ? [face] : []));
  const enough = read.length >= ENOUGH * looks.length;
  return {
    second,
    looks: looks.length,
    read: read.length,
    faces: Math.max(...looks.map(({ faces }) => faces)),
    reading: enough ? blended(read, looks.length) : null,
    why: enough ? null : whyNot(looks.map(({ face }) => face)),
  };
}

/** Several readings of one face as one; `looks` counts those with nothing to read too. */
export function blended(faces: readonly Face[], looks: number): Blended {
  const parts = faces.map((face) => ({ face, weight: trust(face) }));
  const trusted = parts.reduce((sum, { weight }) => sum + weight, 0) / looks;
  return mixture(parts, trusted);
}

/** The commonest reason, the earliest of equals. */
function whyNot(faces: readonly (Face | Unread | null)[]): Why {
  const counts = new Map<Why, number>();
  for (const face of faces) {
    if (face && "expression" in face) continue;
    const why = face ? face.doubt : "nobody";
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? "nobody";
}

/** Seconds in a row of which the same is told. */
export interface Stretch<T> {
  readonly told: T;
  /** Its first second, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly seconds: readonly Second[];
}

export function stretches<T extends string>(
  seconds: readonly Second[],
  tell: (second: Second) => T,
): Stretch<T>[] {
  const found: (Stretch<T> & { to: number; seconds: Second[] })[] = [];
  for (const second of seconds) {
    const said = tell(second);
    const last = found.at(-1);
    if (last?.told === said && last.to === second.second) {
      last.to += 1;
      last.seconds.push(second);
    } else
      found.push({ told: said, from: second.second, to: second.second + 1, seconds: [second] });
  }
  return found;
}
