/** The way that was planned and the way that was gone, drawn on the map. */
import type { Point } from "@/api/types";
import { toSquare } from "@/features/mood/marks";
import { pointsOf } from "./Pen";

export interface LinesProps {
  planned: readonly Point[];
  achieved: readonly Point[];
}

export function Lines({ planned, achieved }: LinesProps) {
  return (
    <>
      <svg
        class="way-lines"
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {planned.length > 1 && <polyline class="way planned" points={pointsOf(planned)} />}
        {achieved.length > 1 && <polyline class="way achieved" points={pointsOf(achieved)} />}
      </svg>
      {planned.map((point, i) => (
        <Dot key={`${i}p`} point={point} kind="planned" />
      ))}
      {achieved.map((point, i) => (
        <Dot key={`${i}a`} point={point} kind="achieved" />
      ))}
    </>
  );
}

function Dot({ point, kind }: { point: Point; kind: string }) {
  const { x, y } = toSquare(point);
  return (
    <span
      class={`way-dot ${kind}`}
      style={{ left: `${100 * x}%`, top: `${100 * y}%` }}
      aria-hidden="true"
    />
  );
}
