/** What else there is, one line each. */
import { Sheet } from "@/ui/Sheet";
import "@/ui/views.css";
import type { View } from "./Views";
import { words } from "./viewsWords";

export interface MenuSheetProps {
  /** A session runs that can be ended. */
  canEnd: boolean;
  onGo(view: View): void;
  onClose(): void;
}

const LINES = [
  ["history", "historyHint"],
  ["five", "fiveHint"],
  ["table", "tableHint"],
  ["lists", "listsHint"],
  ["end", "endHint"],
] as const;

export function MenuSheet({ canEnd, onGo, onClose }: MenuSheetProps) {
  return (
    <Sheet title={words.title} onClose={onClose}>
      <div class="sheet-body">
        <ul class="view-rows">
          {LINES.filter(([name]) => name !== "end" || canEnd).map(([name, hint]) => (
            <li key={name}>
              <button type="button" class="view-row" onClick={() => onGo(name)}>
                <span class="view-words">
                  <span>{words[name]}</span>
                  <span class="soft small">{words[hint]}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
