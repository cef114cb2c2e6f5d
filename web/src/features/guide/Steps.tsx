/** Three first steps, one at a time; at each of them one may just play. */
import { useState } from "preact/hooks";
import { words } from "./guideWords";
import "./guide.css";

const STEPS = ["sense", "music", "kept"] as const;

export interface StepsProps {
  onPlay(): void;
  onDone(): void;
}

export function Steps({ onPlay, onDone }: StepsProps) {
  const [at, setAt] = useState(0);
  const step = words.steps[STEPS[at] ?? "sense"];
  const last = at === STEPS.length - 1;
  return (
    <>
      <div class="guide-step" aria-live="polite">
        <p class="guide-title">
          {step.title} <span class="soft small">{words.step(at + 1, STEPS.length)}</span>
        </p>
        <p class="soft">{step.text}</p>
      </div>
      <div class="guide-ways">
        <button type="button" class="button" onClick={onPlay}>
          {words.justPlay}
        </button>
        {at > 0 && (
          <button type="button" class="button quiet" onClick={() => setAt(at - 1)}>
            {words.back}
          </button>
        )}
        <button
          type="button"
          class="button quiet"
          onClick={() => (last ? onDone() : setAt(at + 1))}
        >
          {last ? words.done : words.on}
        </button>
      </div>
    </>
  );
}
