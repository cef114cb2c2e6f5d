/** The tracks that were heard before the one that plays, to step back through. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Session } from "./api/types";

export interface Trail {
  /** The track before, which is stepped back to now; null when none is known. */
  back(): string | null;
}

const MOST = 100;

export function createTrail(session: ReadonlySignal<Session | null>): Trail {
  let about: string | null = null; // the session
  let before: string[] = [];
  let now: string | null = null;
  let wanted: string | null = null; // what was stepped back to

  effect(() => {
    const { id, playing, achieved } = session.value ?? {};
    if (!id) return;
    if (id !== about) {
      about = id;
      before = (achieved ?? []).map(({ track }) => track);
      now = null;
    }
    const track = playing?.track.id ?? null;
    if (track === now) return;
    if (now !== null && track !== wanted) before = [...before, now].slice(-MOST);
    wanted = null;
    now = track;
  });

  return {
    back() {
      wanted = before.at(-1) ?? null;
      before = before.slice(0, -1);
      return wanted;
    },
  };
}
