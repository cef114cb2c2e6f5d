/**
 * How a session's mood went: pleasantness and wakefulness over time, above the songs.
 *
 * The line joins what is known; a ring is the listener's own word, a dashed line "not how I
 * feel". Everything in it is in the table beside it, so it is a picture to a reader.
 */
import type { PastAccount, PastMood } from "@/api/views";
import { words } from "./historyWords";

const W = 640;
const H = 96;
const PAD = 10;
const MARGIN = 18; // a ring stands whole at either end, also in the narrow picture of a phone

export interface MoodChartProps {
  account: PastAccount;
}

export function MoodChart({ account }: MoodChartProps) {
  const { from, to } = span(account);
  const x = (at: string) => MARGIN + ((Date.parse(at) - from) / (to - from)) * (W - 2 * MARGIN);
  return (
    <figure class="mood-chart" role="img" aria-label={words.chart}>
      <Axis account={account} x={x} axis="valence" high={words.pleasant} low={words.unpleasant} />
      <Axis account={account} x={x} axis="arousal" high={words.awake} low={words.drowsy} />
      <svg
        class="mood-songs"
        viewBox={`0 0 ${W} 14`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {account.tracks.map((track, i) => {
          const left = x(track.at);
          const next = account.tracks[i + 1];
          const right = Math.max(left + 2, (next ? x(next.at) : W - MARGIN) - 2);
          return <rect key={track.at} x={left} y={2} width={right - left} height={10} rx={2} />;
        })}
      </svg>
    </figure>
  );
}

interface AxisProps {
  account: PastAccount;
  x(at: string): number;
  axis: "valence" | "arousal";
  high: string;
  low: string;
}

function Axis({ account, x, axis, high, low }: AxisProps) {
  const { moods, corrections } = account;
  const y = (value: number) => H / 2 - value * (H / 2 - PAD);
  const spots = moods.map((mood) => `${x(mood.at).toFixed(1)},${y(mood[axis]).toFixed(1)}`);
  const own = moods.filter(({ source }) => source === "self");
  return (
    <div class="mood-axis" aria-hidden="true">
      <span class="mood-end soft small">{high}</span>
      <svg viewBox={`0 0 ${W} ${H}`} preserveAspectRatio="none" focusable="false">
        <title>{high}</title>
        <line class="mood-middle" x1={0} x2={W} y1={H / 2} y2={H / 2} />
        <polyline class="mood-line" points={spots.join(" ")} />
        {own.map((mood) => (
          // A line without length, with round ends: a ring at any width of the picture.
          <g key={mood.at}>
            <path class="mood-ring" d={dot(x(mood.at), y(mood[axis]))} />
            <path class="mood-ring-inside" d={dot(x(mood.at), y(mood[axis]))} />
          </g>
        ))}
        {corrections.map((at) => (
          <path key={at} class="mood-cross" d={`M${x(at)} ${PAD}V${H - PAD}`} />
        ))}
      </svg>
      <span class="mood-end soft small">{low}</span>
    </div>
  );
}

const dot = (x: number, y: number) => `M${x.toFixed(1)} ${y.toFixed(1)}h0.01`;

/** From the first thing that happened to the last, in milliseconds; never nothing. */
export function span({ session, tracks, moods }: PastAccount): { from: number; to: number } {
  const times = [
    session.started_at,
    ...(session.ended_at ? [session.ended_at] : []),
    ...tracks.map(({ at }) => at),
    ...moods.map(({ at }: PastMood) => at),
  ].map((at) => Date.parse(at));
  const from = Math.min(...times);
  return { from, to: Math.max(from + 60_000, ...times) };
}
