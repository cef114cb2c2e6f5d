/** Beside the map: draw a way, say how long it may take, set out, and see how far it is. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Point } from "@/api/types";
import { placeWords, texts } from "@/texts";
import { Icon } from "@/ui/Icon";
import { endsInWords } from "./way";
import "./journey.css";

const words = texts.journey;
export const MINUTES = [15, 30, 45, 60] as const;

/** A journey under way: its ends, its minutes, and the song of it that plays. */
export interface Under {
  way: readonly Point[];
  minutes: number;
  step: number;
  steps: number;
  /** The song that plays is the last of the way, or one after it. */
  arrived: boolean;
}

/** One song of the plan. */
export interface PlanStep {
  /** Until it begins, counted from the song that plays. */
  minutes: number;
  /** Null while none is chosen. */
  title: string | null;
  target: Point | null;
  /** Where the song lies. */
  place: Point | null;
}

export interface JourneyBarProps {
  drawing: boolean;
  /** A way that was drawn and waits for its word; null: none. */
  way: readonly Point[] | null;
  under: Under | null;
  plan: readonly PlanStep[];
  onDraw(): void;
  onLeave(): void;
  onSetOut(minutes: number): void;
  onEnd(): void;
}

export function JourneyBar(props: JourneyBarProps) {
  const [minutes, setMinutes] = useState<number>(30);
  const { drawing, way, under } = props;
  // The button that was pressed is gone; the one that follows it is where one goes on.
  const following = useRef<HTMLButtonElement>(null);
  const state = drawing ? "drawing" : way ? "drawn" : under ? "under" : "none";
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) following.current?.focus({ preventScroll: true });
  }, [state]);
  if (drawing)
    return (
      <div class="journey">
        <p>{words.drawing}</p>
        <button type="button" class="button" onClick={props.onLeave}>
          {words.leave}
        </button>
      </div>
    );
  if (way) {
    const { from, to } = endsInWords(way);
    return (
      <section class="journey card" aria-label={words.title}>
        <p>{words.ends(from, to)}</p>
        <fieldset class="bare journey-minutes">
          <legend class="soft small">{words.howLong}</legend>
          {MINUTES.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={one === minutes}
              aria-label={words.minutes(one)}
              onClick={() => setMinutes(one)}
            >
              {one}
            </button>
          ))}
        </fieldset>
        <div class="journey-row">
          <button
            ref={following}
            type="button"
            class="button primary"
            onClick={() => props.onSetOut(minutes)}
          >
            {words.setOut}
          </button>
          <button type="button" class="button quiet" onClick={props.onDraw}>
            {words.again}
          </button>
          <button type="button" class="button quiet" onClick={props.onLeave}>
            {words.leave}
          </button>
        </div>
      </section>
    );
  }
  if (under) {
    const { from, to } = endsInWords(under.way);
    return (
      <section class="journey card" aria-label={words.title}>
        {under.arrived ? (
          <>
            <p class="journey-end">{words.arrived}</p>
            <p class="soft small">{words.arrivedAt(to)}</p>
          </>
        ) : (
          <>
            <p>{words.under(from, to, under.minutes)}</p>
            <p class="soft small">{words.step(under.step, under.steps)}</p>
            <progress
              class="journey-progress"
              aria-label={words.progress}
              value={under.step}
              max={under.steps}
            />
            <Plan plan={props.plan} />
          </>
        )}
        <div class="journey-row">
          <button ref={following} type="button" class="button" onClick={props.onEnd}>
            {words.end}
          </button>
          <button type="button" class="button quiet" onClick={props.onDraw}>
            {words.another}
          </button>
        </div>
      </section>
    );
  }
  return (
    <div class="journey">
      <button ref={following} type="button" class="button quiet" onClick={props.onDraw}>
        <Icon name="way" size={20} />
        {words.draw}
      </button>
    </div>
  );
}

/** The line on the map once more, as a list; songs not chosen yet that lead alike share a row. */
function Plan({ plan }: { plan: readonly PlanStep[] }) {
  return (
    <details class="plan">
      <summary class="button quiet">{words.plan}</summary>
      <ol>
        {rowsOf(plan).map(({ when, what, where }, i) => (
          <li key={i}>
            <span class="soft small">{when}</span>
            <span>
              {what} <span class="soft small">{where}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

const said = (place: Point | null) => place && placeWords(place.valence, place.arousal);

function rowsOf(plan: readonly PlanStep[]) {
  const rows: { when: string; what: string; where: string; songs: number }[] = [];
  plan.forEach(({ minutes, title, target, place }, i) => {
    const to = said(target);
    const last = rows.at(-1);
    const open = to ? words.planToward(to) : words.planAnywhere;
    if (!title && last?.songs && last.where === open) {
      last.songs += 1;
      last.what = words.planOpen(last.songs);
      return;
    }
    rows.push({
      when: !i ? words.planNow : title ? words.planIn(minutes) : words.planFrom(minutes),
      what: title ?? words.planOpen(1),
      where: title ? (said(place) ?? "") : open,
      songs: title ? 0 : 1,
    });
  });
  return rows;
}
