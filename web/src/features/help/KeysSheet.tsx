/** The keys, one under the other. */
import { texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import "./help.css";

export function KeysSheet({ onClose }: { onClose(): void }) {
  return (
    <Sheet title={texts.keys.title} onClose={onClose}>
      <dl class="sheet-body keys">
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
    </Sheet>
  );
}
