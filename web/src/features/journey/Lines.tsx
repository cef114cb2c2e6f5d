/** The way that was planned, the songs still to come on it, and the way that was gone. */
import type { Point } from "@/api/types";
import { toSquare } from "@/features/mood/marks";
import { texts } from "@/texts";
import { pointsOf } from "./Pen";

export interface LinesProps {
  planned: readonly Point[];
  /** Where the songs still to come should lie; none for a way that was only drawn. */
  stops: readonly Point[];
  achieved: readonly Point[];
}

export function Lines({ planned, stops, achieved }: LinesProps) {
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
      {stops.map((point, i) => {
        const { x, y } = toSquare(point);
        return (
          <span
            key={i}
            class="way-stop"
            style={{ left: `${100 * x}%`, top: `${100 * y}%` }}
            aria-hidden="true"
          />
        );
      })}
    </>
  );
}

/** What the lines mean, for the key of the map. */
export function LineKey({ achieved }: { achieved: boolean }) {
  return (
    <>
      <li>
        <span class="shape way planned" aria-hidden="true" />
        {texts.journey.planned}
      </li>
      {achieved && (
        <li>
          <span class="shape way" aria-hidden="true" />
          {texts.journey.achieved}
        </li>
      )}
    </>
  );
}
