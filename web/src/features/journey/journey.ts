/** The way that is being drawn, and the one that is gone. */
import { computed, signal } from "@preact/signals";
import type { Planned, Point, Session } from "@/api/types";
import type { Listening } from "@/listening";
import type { PlanStep, Under } from "./JourneyBar";
import { apart, NEAR } from "./way";

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
    stops: computed(() => (drawn.value ? [] : stopsOf(listening.session.value))),
    achieved: computed(() => (drawn.value ? [] : achievedOf(listening.session.value))),
    plan: computed(() => planOf(listening.session.value)),
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
  const left = stepsLeft(session).length;
  return {
    way: session.aim.way,
    minutes: session.aim.minutes ?? 0,
    step: over + 1,
    steps: Math.max(over + 1, over + left),
    arrived: over > 0 && left === 1 && atEnd(session, session.plan[0]),
  };
}

/** The steps up to the end of the way; what is planned to stay there is none of it. */
function stepsLeft(session: Session): readonly Planned[] {
  const end = session.plan.findIndex((step) => atEnd(session, step));
  return end < 0 ? session.plan : session.plan.slice(0, end + 1);
}

function atEnd({ aim }: Session, step: Planned | undefined): boolean {
  const end = aim.way.at(-1);
  return Boolean(end && step?.target && apart(end, step.target) < NEAR);
}

/** Where each song still to come should lie; for a journey only. */
function stopsOf(session: Session | null): readonly Point[] {
  if (!session || !underWay(session)) return [];
  return stepsLeft(session)
    .slice(1)
    .map(({ target }) => target)
    .filter((target) => target !== null);
}

/** What is planned, as it can be read: from the song that plays to the end of the way. */
export function planOf(session: Session | null): PlanStep[] {
  if (!session || !underWay(session)) return [];
  const seen = [session.playing, ...session.queue].map((choice) => choice?.track);
  const first = Date.parse(session.plan[0]?.at ?? "");
  return stepsLeft(session).map(({ at, target, track, place }) => ({
    minutes: Math.max(0, Math.round((Date.parse(at) - first) / 60_000)),
    title: seen.find((one) => one?.id === track)?.title ?? null,
    target,
    place,
  }));
}

/** The points the rest of the way leads over; for a journey only. */
function plannedOf(session: Session | null): readonly Point[] {
  return underWay(session) ? (session?.aim.way ?? []) : [];
}

/** Where the listener was believed to be after each track of the way; none if they did not move. */
function achievedOf(session: Session | null): readonly Point[] {
  if (!session || !underWay(session)) return [];
  const been = session.achieved.map(({ mood }) => mood).filter((mood) => mood !== null);
  const line = session.mood ? [...been, session.mood] : been;
  const [first] = line;
  return line.some((point) => first && apart(first, point) > NEAR) ? line : [];
}
