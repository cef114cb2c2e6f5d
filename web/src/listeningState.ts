/** What is known of the house and its session, what the listener wishes, and what is said of it. */
import { effect, signal } from "@preact/signals";
import type { Known } from "./api/known";
import type { Consent, House, Point, Session, Wish } from "./api/types";

export interface Notice {
  text: string;
  remedy?: string;
  tone: "calm" | "trouble";
}

/** What the listener did last, and whether it can be taken back. */
export interface Done {
  text: string;
  undo: boolean;
}

export type State = ReturnType<typeof createState>;

/**
 * `known`: what the server said before, for when it is away; `calmForMs`: how long a notice
 * stays that reports no trouble and asks for nothing.
 */
export function createState(known: Known | null, calmForMs: number) {
  const state = {
    house: signal<House | null>(known?.house ?? null),
    consents: signal<Consent[]>(known?.consents ?? []),
    session: signal<Session | null>(null),
    wish: signal<Wish>({ goal: "match" }),
    notice: signal<Notice | null>(null),
    /** The last act, for a short while. */
    done: signal<Done | null>(null),
    /** Where the hand is on the map, until the server has taken it in. */
    hand: signal<Point | null>(null),
    starting: signal(false),
  };
  const { notice, done } = state;
  effect(() => {
    const said = notice.value;
    if (said?.tone !== "calm" || said.remedy) return;
    const over = setTimeout(() => {
      notice.value = null;
    }, calmForMs);
    return () => clearTimeout(over);
  });
  effect(() => {
    if (!done.value) return;
    const over = setTimeout(() => {
      done.value = null;
    }, calmForMs);
    return () => clearTimeout(over);
  });
  return state;
}

/** Where the listener said they are; what was only read off a face is not their word. */
export function ownWord(session: Session | null): Point | null {
  const mood = session?.mood;
  if (!mood || (mood.believed.self ?? 0) <= 0.5) return null;
  return { valence: mood.valence, arousal: mood.arousal };
}
