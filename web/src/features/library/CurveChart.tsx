/**
 * How a track's mood moves over time: how pleasant and how awake it is, and how sure that is.
 *
 * Line: what was heard; band: one standard deviation to either side; the native slider over
 * it stands where the music is, and moves the music where it plays.
 */
import type { Curve } from "@/api/types";
import { placeWords, texts } from "@/texts";
import { clock } from "@/ui/clock";
import "@/ui/hand.css";
import { words } from "./libraryWords";

const ENDS = { valence: texts.video.pleasantness, arousal: texts.video.wakefulness };

export interface CurveChartProps {
  curve: Curve;
  lengthS: number;
  at: number;
  onMove(seconds: number): void;
}

export function CurveChart({ curve, lengthS, at, onMove }: CurveChartProps) {
  const now = valueAt(curve, at);
  return (
    <div class="curve">
      {(["valence", "arousal"] as const).map((axis) => (
        <div class="curve-row" key={axis} aria-hidden="true">
          <span class="curve-end soft small">{ENDS[axis].high}</span>
          <svg
            viewBox={`0 -1 ${lengthS} 2`}
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
          >
            <line class="curve-middle" x1={0} x2={lengthS} y1={0} y2={0} />
            {pieces(curve).map((piece) => (
              <g key={piece[0]}>
                <polygon class="curve-band" points={band(curve, axis, piece, lengthS)} />
                <polyline class="curve-line" points={line(curve, axis, piece, lengthS)} />
              </g>
            ))}
          </svg>
          <span class="curve-end soft small">{ENDS[axis].low}</span>
        </div>
      ))}
      <input
        type="range"
        class="hand curve-hand"
        aria-label={words.curve.label}
        aria-valuetext={words.curve.said(
          clock(at),
          now ? placeWords(now.valence, now.arousal) : "",
        )}
        min={0}
        max={lengthS}
        step={1}
        value={Math.min(at, lengthS)}
        onInput={(event) => onMove(event.currentTarget.valueAsNumber)}
      />
      <p class="curve-said small">
        <span>{clock(at)}</span>
        <span class="soft">{now ? placeWords(now.valence, now.arousal) : ""}</span>
        <span class="soft">{clock(lengthS)}</span>
      </p>
    </div>
  );
}

/** What was heard at a moment; null where nothing was. */
export function valueAt({ step_s, times_s, valence, arousal }: Curve, at: number) {
  const i = times_s.findIndex((middle) => Math.abs(at - middle) <= step_s / 2 + 0.01);
  return i < 0 ? null : { valence: valence[i] as number, arousal: arousal[i] as number };
}

/** Runs of steps that follow each other: where nothing was heard no line is drawn. */
export function pieces({ step_s, times_s }: Pick<Curve, "step_s" | "times_s">): number[][] {
  const runs: number[][] = [];
  times_s.forEach((middle, i) => {
    const before = times_s[i - 1];
    if (before === undefined || middle - before > 1.5 * step_s) runs.push([]);
    runs.at(-1)?.push(i);
  });
  return runs;
}

type Axis = "valence" | "arousal";

/** A run's corners, drawn out to the edges of its first and last step. */
function corners(curve: Curve, piece: number[], lengthS: number, value: (i: number) => number) {
  const half = curve.step_s / 2;
  const hold = (n: number) => Math.min(1, Math.max(-1, n));
  const spots = piece.map((i) => [curve.times_s[i] as number, -hold(value(i))] as const);
  const first = spots[0] as readonly [number, number];
  const last = spots.at(-1) as readonly [number, number];
  return [
    [Math.max(0, first[0] - half), first[1]] as const,
    ...spots,
    [Math.min(lengthS, last[0] + half), last[1]] as const,
  ];
}

const joined = (spots: (readonly [number, number])[]) =>
  spots.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(3)}`).join(" ");

const line = (curve: Curve, axis: Axis, piece: number[], lengthS: number) =>
  joined(corners(curve, piece, lengthS, (i) => curve[axis][i] as number));

function band(curve: Curve, axis: Axis, piece: number[], lengthS: number) {
  const sd = curve[`${axis}_sd`];
  const edge = (sign: number) =>
    corners(curve, piece, lengthS, (i) => (curve[axis][i] as number) + sign * (sd[i] as number));
  return joined([...edge(1), ...edge(-1).reverse()]);
}
