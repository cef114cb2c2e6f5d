/** The way that is being drawn, and the one that is gone. */
import { computed, signal } from "@preact/signals";
import type { Point, Session } from "@/api/types";
import type { Listening } from "@/listening";
import type { Under } from "./JourneyBar";

export type Journey = ReturnType<typeof createJourney>;

export function createJourney(listening: Listening) {
  const drawing = signal(false);
  const drawn = signal<readonly Point[] | null>(null);
  const under = computed(() => underWay(listening.session.value));

  function leave() {
    drawing.value = false;
    drawn.value = null;
  }

  return {
    drawing,
    drawn,
    under,
    planned: computed(() => drawn.value ?? plannedOf(listening.session.value)),
    achieved: computed(() => achievedOf(listening.session.value)),
    leave,
    draw() {
      drawing.value = true;
      drawn.value = null;
    },
    take(way: Point[]) {
      drawing.value = false;
      drawn.value = way;
    },
    setOut(minutes: number) {
      const way = drawn.value;
      leave();
      return way ? listening.setOut(way, minutes) : Promise.resolve();
    },
    end: () => listening.aim(listening.wish.value.goal),
  };
}

/** The journey of a session; null when it follows no way that was drawn. */
export function underWay(session: Session | null): Under | null {
  if (!session?.aim.way.length) return null;
  const over = session.achieved.length;
  return {
    way: session.aim.way,
    minutes: session.aim.minutes ?? 0,
    step: over + 1,
    steps: Math.max(over + 1, over + session.plan.length),
  };
}

/** The points the rest of the way leads over; for a journey only. */
function plannedOf(session: Session | null): readonly Point[] {
  return underWay(session) ? (session?.aim.way ?? []) : [];
}

/** Where the listener was believed to be after each track of the way. */
function achievedOf(session: Session | null): readonly Point[] {
  if (!session || !underWay(session)) return [];
  const been = session.achieved.map(({ mood }) => mood).filter((mood) => mood !== null);
  return session.mood ? [...been, session.mood] : been;
}
