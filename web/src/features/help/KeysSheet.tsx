/** The keys, one under the other. */
import { texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import "./help.css";

export interface KeysSheetProps {
  /** Show the first steps again. */
  onGuide(): void;
  onClose(): void;
}

export function KeysSheet({ onGuide, onClose }: KeysSheetProps) {
  return (
    <Sheet title={texts.keys.title} onClose={onClose}>
      {/* Scrolled with the keyboard, too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached */}
      <section class="sheet-body" tabIndex={0} aria-label={texts.keys.title}>
        <dl class="keys">
          {texts.keys.list.map(([keys, meaning]) => (
            <div key={keys}>
              <dt>
                {keys?.split(" ").map((key, i) => (
                  <kbd key={i}>{key}</kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <div class="sheet-foot">
        <button type="button" class="button" onClick={onGuide}>
          {texts.keys.guide}
        </button>
      </div>
    </Sheet>
  );
}
