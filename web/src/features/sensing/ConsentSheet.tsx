/** One question for one sensor, before anything is asked of the browser. */
import type { ConsentText } from "@/api/types";
import { texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import { Agreed } from "./Agreed";
import { CardLink } from "./CardLink";

export interface ConsentSheetProps {
  kind: "camera" | "camera-server" | "photo" | "photo-server" | "dropped";
  text: ConsentText | undefined;
  /** Show the model's card; null when no model is installed. */
  onCard: (() => void) | null;
  onYes(): void;
  onNo(): void;
}

export function ConsentSheet({ kind, text, onCard, onYes, onNo }: ConsentSheetProps) {
  const words = texts.consent[kind];
  return (
    <Sheet title={words.title} onClose={onNo}>
      <div class="sheet-body">
        {text && <Agreed text={text} />}
        <p class="soft">{texts.consent.where}</p>
        {onCard && <CardLink onOpen={onCard} />}
      </div>
      <div class="sheet-foot choice-pair">
        <button type="button" class="button" onClick={onNo}>
          {words.no}
        </button>
        <button type="button" class="button" onClick={onYes}>
          {words.yes}
        </button>
      </div>
    </Sheet>
  );
}
