/** Why this song: the sentence, what spoke for it and against it, and what else there was. */
import type { Choice } from "@/api/types";
import { heard } from "@/languages/heard";
import { reasonFor } from "@/reason";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { Sheet } from "@/ui/Sheet";
import { linesOf } from "./terms";
import { words } from "./whyWords";
import "./why.css";

export interface WhySheetProps {
  choice: Choice;
  onLearned(): void;
  onClose(): void;
}

export function WhySheet({ choice, onLearned, onClose }: WhySheetProps) {
  const { track, instead, terms } = choice;
  const lines = linesOf(terms);
  return (
    <Sheet title={words.title} onClose={onClose}>
      <div class="sheet-body why">
        <div class="why-track">
          <Cover address={track.cover} size={56} />
          <div>
            <p class="why-title">{track.title}</p>
            <p class="soft small">{track.artist || texts.player.unknownArtist}</p>
          </div>
        </div>
        <p>{lines.length ? reasonFor(choice) : words.picked}</p>
        {lines.length > 0 && (
          <section>
            <h3>{words.terms}</h3>
            <p class="soft small">{words.termsHint}</p>
            <ul class="why-terms">
              {lines.map(({ name, speaks, share }) => (
                <li key={name}>
                  <span>{words.each[name] ?? name}</span>
                  <span class="soft small">{words[speaks]}</span>
                  <span class={`why-bar ${speaks}`} aria-hidden="true">
                    <span style={{ width: `${Math.max(4, 100 * share).toFixed(0)}%` }} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {instead && (
          <section>
            <h3>{words.instead}</h3>
            <p>{heard(instead)}</p>
          </section>
        )}
        <button type="button" class="button quiet why-learned" onClick={onLearned}>
          {words.learned}
        </button>
      </div>
    </Sheet>
  );
}
