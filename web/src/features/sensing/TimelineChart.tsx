/**
 * The chart of a video: how pleasant and how awake a face looks over time, and how sure.
 *
 * Line: mean; band: one standard deviation to either side; hatched: nothing was read, and
 * nothing is drawn through it. The hand over it is a native slider, so that it is clicked,
 * dragged, moved by keys and read aloud like any other.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Blended } from "@/reading/blend";
import { type Second, stretches } from "@/reading/timeline";
import { texts } from "@/texts";
import { clock } from "@/ui/clock";
import "@/ui/hand.css";
import { secondWords } from "./videoWords";

const words = texts.video;
const ENDS = { valence: words.pleasantness, arousal: words.wakefulness };
const LETTER = 7.5; // pixels that a letter of small type takes at most
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const TICK_ROOM = 56; // pixels that one needs

export interface TimelineChartProps {
  seconds: readonly Second[];
  lengthS: number;
  moment: number;
  /** The moment in words, for whoever hears the slider. */
  says: string;
  onMoment(at: number): void;
}

export function TimelineChart({ seconds, lengthS, moment, says, onMoment }: TimelineChartProps) {
  const plot = useRef<HTMLDivElement>(null);
  const wide = useWidth(plot);
  const share = (at: number) => `${(100 * Math.min(at, lengthS)) / lengthS}%`;
  const fits = (said: string, from: number, to: number) =>
    said.length * LETTER + 12 < (wide * (Math.min(to, lengthS) - from)) / lengthS;
  const gaps = stretches(seconds, (second) => (second.reading ? "" : secondWords(second)));
  const seen = stretches(seconds, ({ reading }) => reading?.expression ?? "");
  const said = stretches(seconds, (second) => (second.reading ? secondWords(second) : ""));
  const step = TICKS.find((each) => (wide * each) / lengthS >= TICK_ROOM) ?? 1800;
  const ticks = Array.from({ length: Math.floor(lengthS / step) + 1 }, (_, i) => i * step).filter(
    (at) => at === 0 || (wide * at) / lengthS < wide - TICK_ROOM / 2,
  );

  return (
    <div class="chart">
      <div class="chart-plot" ref={plot}>
        {(["valence", "arousal"] as const).map((axis) => (
          <div class="chart-row" key={axis} aria-hidden="true">
            <div class="chart-panel">
              <Curves seconds={seconds} lengthS={lengthS} axis={axis} />
            </div>
            <span class="chart-edge high">{ENDS[axis].high}</span>
            <span class="chart-edge low">{ENDS[axis].low}</span>
          </div>
        ))}
        <div class="chart-strip" aria-hidden="true">
          {seen
            .filter(({ told }) => told)
            .map(({ told, from, to }) => (
              <span
                key={from}
                class={`chart-look ${told}`}
                style={{ left: share(from), width: share(Math.min(to, lengthS) - from) }}
              />
            ))}
          {said
            .filter(({ told, from, to }) => told && fits(told, from, to))
            .map(({ told, from, to }) => (
              <span
                key={from}
                class="chart-word"
                style={{ left: share(from), width: share(Math.min(to, lengthS) - from) }}
              >
                {told}
              </span>
            ))}
        </div>
        {gaps
          .filter(({ told }) => told)
          .map(({ told, from, to }) => (
            <div
              key={from}
              class="chart-gap"
              aria-hidden="true"
              style={{ left: share(from), width: share(Math.min(to, lengthS) - from) }}
            >
              {fits(told, from, to) && <span>{told}</span>}
            </div>
          ))}
        <input
          type="range"
          class="hand chart-hand"
          aria-label={words.chart}
          aria-valuetext={says}
          min={0}
          max={lengthS}
          step="any"
          value={moment}
          onInput={(event) => onMoment(event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            const to = moved(event.key, moment, lengthS);
            if (to === null) return;
            event.preventDefault();
            onMoment(to);
          }}
        />
      </div>
      <div class="chart-ticks soft small" aria-hidden="true">
        {ticks.map((at) => (
          <span key={at} style={{ left: share(at) }} class={at === 0 ? "first" : ""}>
            {clock(at)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Where a key leads: a second on or back, a tenth of it, to an end; null for other keys. */
function moved(key: string, from: number, lengthS: number): number | null {
  const far = Math.max(1, Math.round(lengthS / 10));
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: far,
    PageDown: -far,
  };
  if (key === "Home") return 0;
  if (key === "End") return lengthS;
  const step = steps[key];
  if (step === undefined) return null;
  // From the middle of a second to the middle of another.
  return Math.min(lengthS, Math.max(0, Math.floor(from) + step + 0.5));
}

interface CurvesProps {
  seconds: readonly Second[];
  lengthS: number;
  axis: "valence" | "arousal";
}

function Curves({ seconds, lengthS, axis }: CurvesProps) {
  const value = (told: Blended) => told[axis];
  const spread = (told: Blended) => Math.sqrt(told.covariance[axis === "valence" ? 0 : 2]);
  return (
    <svg viewBox={`0 -1 ${lengthS} 2`} preserveAspectRatio="none" focusable="false">
      <title>{ENDS[axis].high}</title>
      <line class="chart-middle" x1={0} x2={lengthS} y1={0} y2={0} />
      {runs(seconds).map((run) => {
        // A run reaches over the whole of its first and last second.
        const at = (i: number) =>
          i < 0 ? run[0].from : i < run.length ? run[i]?.middle : undefined;
        const end = run.at(-1)?.to ?? 0;
        const row = (of: (told: Blended) => number) => {
          const ys = run.map(({ told }) => Math.min(1, Math.max(-1, of(told))));
          const inner = ys.map((y, i) => [at(i) ?? 0, -y] as const);
          return [
            [at(-1) ?? 0, -(ys[0] ?? 0)] as const,
            ...inner,
            [end, -(ys.at(-1) ?? 0)] as const,
          ];
        };
        const path = (points: readonly (readonly [number, number])[]) =>
          points.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(4)}`).join(" ");
        const above = row((told) => value(told) + spread(told));
        const below = row((told) => value(told) - spread(told));
        return (
          <g key={run[0].from}>
            <polygon class="chart-band" points={path([...above, ...below.reverse()])} />
            <polyline class="chart-line" points={path(row(value))} />
          </g>
        );
      })}
    </svg>
  );
}

interface Read {
  from: number;
  middle: number;
  to: number;
  told: Blended;
}

/** Seconds in a row that were read. */
function runs(seconds: readonly Second[]): [Read, ...Read[]][] {
  const found: [Read, ...Read[]][] = [];
  for (const { second, reading } of seconds) {
    if (!reading) continue;
    const read = { from: second, middle: second + 0.5, to: second + 1, told: reading };
    const last = found.at(-1);
    if (last?.at(-1)?.to === second) last.push(read);
    else found.push([read]);
  }
  return found;
}

/** How wide an element is, in pixels, kept up to date. */
function useWidth(of: { current: HTMLElement | null }): number {
  const [wide, setWide] = useState(0);
  useEffect(() => {
    const one = of.current;
    if (!one) return;
    const measure = () => setWide(one.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(one);
    return () => watch.disconnect();
  }, [of]);
  return wide;
}
