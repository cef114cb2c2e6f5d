/** "How are you": five words, each one tap, or a small map. */
import { useState } from "preact/hooks";
import type { Point } from "@/api/types";
import { words } from "./historyWords";
import { SmallMap } from "./SmallMap";

/** Where each of the five words lies. */
export const WORDS = {
  tense: { valence: -0.5, arousal: 0.5 },
  excited: { valence: 0.5, arousal: 0.5 },
  even: { valence: 0, arousal: 0 },
  low: { valence: -0.5, arousal: -0.5 },
  calm: { valence: 0.5, arousal: -0.5 },
} as const satisfies Record<string, Point>;

type Word = keyof typeof WORDS;

export interface AskHowProps {
  question: string;
  busy?: boolean;
  onSay(place: Point): void;
}

export function AskHow({ question, busy = false, onSay }: AskHowProps) {
  const [map, setMap] = useState(false);
  return (
    <fieldset class="bare check-in-ask" disabled={busy}>
      <legend>{question}</legend>
      <div class="row-of-buttons">
        {(Object.keys(WORDS) as Word[]).map((word) => (
          <button key={word} type="button" class="button" onClick={() => onSay(WORDS[word])}>
            {words.checkIn.words[word]}
          </button>
        ))}
        {!map && (
          <button type="button" class="button quiet" onClick={() => setMap(true)}>
            {words.checkIn.orMap}
          </button>
        )}
      </div>
      {map && <SmallMap onSay={onSay} />}
    </fieldset>
  );
}
