/** What could not be asked or done, and what to do. */
import { Refusal } from "@/api/client";
import { texts } from "@/texts";
import { words } from "./connectionsWords";

export function Trouble({ cause, onAgain }: { cause: unknown; onAgain?(): void }) {
  const refused = cause instanceof Refusal;
  return (
    <div class="notice trouble" role="alert">
      <p class="notice-words">
        {refused ? cause.problem : words.failed}{" "}
        <span class="soft">{refused ? cause.remedy : texts.house.awayQuiet}</span>
      </p>
      {onAgain && (
        <button type="button" class="button" onClick={onAgain}>
          {texts.again}
        </button>
      )}
    </div>
  );
}
