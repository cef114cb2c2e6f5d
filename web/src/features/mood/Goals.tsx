/** Where the music should lead: five buttons, also on the keys 1 to 5. */
import type { Goal } from "@/api/types";
import { texts } from "@/texts";

export const GOALS: Goal[] = ["match", "lift", "calm", "focus", "sleep"];

export interface GoalsProps {
  goal: Goal;
  onAim(goal: Goal): void;
}

export function Goals({ goal, onAim }: GoalsProps) {
  return (
    <fieldset class="goals bare">
      <legend class="goals-title">{texts.goals.label}</legend>
      {GOALS.map((one, i) => (
        <button
          key={one}
          type="button"
          class="button"
          aria-pressed={one === goal}
          aria-keyshortcuts={String(i + 1)}
          onClick={() => onAim(one)}
        >
          {texts.goals[one as "match"]}
          <span class="goal-hint">{texts.goals.hints[one]}</span>
        </button>
      ))}
    </fieldset>
  );
}
