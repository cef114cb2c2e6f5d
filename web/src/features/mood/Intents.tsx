/** What the music is for, folded away until asked: one mood has several wishes. */
import type { Intent } from "@/api/types";
import { texts } from "@/texts";

const words = texts.intents;
const INTENTS = Object.keys(words.each) as Intent[];

export interface IntentsProps {
  intent: Intent | null;
  /** The wish chosen, or null when the one that stood is taken back. */
  onIntent(intent: Intent | null): void;
  /** Whether the cap on long runs of dark and agitated music is lifted. */
  lifted: boolean;
  onLift(on: boolean): void;
}

export function Intents({ intent, onIntent, lifted, onLift }: IntentsProps) {
  return (
    <details class="intents">
      <summary class="button quiet">{intent ? words.chosen[intent] : words.open}</summary>
      <fieldset class="bare intents-all">
        <legend class="unseen">{words.label}</legend>
        {INTENTS.map((one) => (
          <button
            key={one}
            type="button"
            class="button"
            aria-pressed={one === intent}
            onClick={() => onIntent(one === intent ? null : one)}
          >
            {words.each[one]}
          </button>
        ))}
        <label class="switch small">
          <input
            type="checkbox"
            checked={lifted}
            onChange={(event) => onLift(event.currentTarget.checked)}
          />
          {words.lift}
        </label>
      </fieldset>
    </details>
  );
}
