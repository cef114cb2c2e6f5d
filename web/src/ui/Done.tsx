/** What was just done, and the way back from it: a strip that leaves by itself. */
import type { Done as Deed } from "@/listening";
import { texts } from "@/texts";

export function Done({ done, onUndo }: { done: Deed | null; onUndo(): void }) {
  return (
    <div class="done" role="status">
      {done && (
        <p class="done-words">
          {done.text}
          {done.undo && (
            <button type="button" class="link" aria-keyshortcuts="U" onClick={onUndo}>
              {texts.undo}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
