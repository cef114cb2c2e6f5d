/** A small mood map to answer on: one tap, or arrows and Enter. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Point } from "@/api/types";
import { placeWords, texts } from "@/texts";
import { words } from "./historyWords";

const CORNERS = ["tense", "excited", "sad", "calm"] as const;
const STEP = 0.1;
const STEPS: Record<string, [number, number]> = {
  ArrowRight: [STEP, 0],
  ArrowLeft: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};
const hold = (n: number) => Math.min(1, Math.max(-1, Math.round(n * 100) / 100));

export function SmallMap({ onSay }: { onSay(place: Point): void }) {
  const [place, setPlace] = useState<Point>({ valence: 0, arousal: 0 });
  const map = useRef<HTMLDivElement>(null);
  // It stands in for the button that asked for it, which had the focus.
  useLayoutEffect(() => map.current?.focus(), []);
  return (
    <div
      ref={map}
      class="small-map"
      role="slider"
      tabIndex={0}
      aria-label={words.checkIn.map}
      aria-roledescription={words.checkIn.mapRole}
      aria-description={words.checkIn.mapHelp}
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={place.valence}
      aria-valuetext={placeWords(place.valence, place.arousal)}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (step) {
          event.preventDefault();
          event.stopPropagation();
          setPlace(({ valence, arousal }) => ({
            valence: hold(valence + step[0]),
            arousal: hold(arousal + step[1]),
          }));
        } else if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          event.stopPropagation();
          onSay(place);
        }
      }}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onSay({
          valence: hold((2 * (event.clientX - box.left)) / box.width - 1),
          arousal: hold(1 - (2 * (event.clientY - box.top)) / box.height),
        });
      }}
    >
      {CORNERS.map((corner) => (
        <span key={corner} class={`small-map-word ${corner}`} aria-hidden="true">
          {texts.map.corners[corner]}
        </span>
      ))}
      <span
        class="small-map-mark"
        style={{
          left: `${50 * (place.valence + 1)}%`,
          top: `${50 * (1 - place.arousal)}%`,
        }}
      />
    </div>
  );
}
