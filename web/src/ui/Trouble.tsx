/** What could not be fetched, why, and the next step. */
import { Refusal } from "@/api/client";
import { texts } from "@/texts";

export interface TroubleProps {
  cause: unknown;
  /** What failed, where the server itself said nothing. */
  failed: string;
  onAgain?(): void;
}

export function Trouble({ cause, failed, onAgain }: TroubleProps) {
  const refused = cause instanceof Refusal;
  return (
    <div class="notice trouble" role="alert">
      <p class="notice-words">
        {refused ? cause.problem : failed}{" "}
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
