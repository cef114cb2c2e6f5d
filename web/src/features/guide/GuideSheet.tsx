/** The first steps again, asked for from the settings or the keys. */
import { Sheet } from "@/ui/Sheet";
import { words } from "./guideWords";
import { Steps, type StepsProps } from "./Steps";

export interface GuideSheetProps extends Pick<StepsProps, "onPlay"> {
  onClose(): void;
}

export function GuideSheet({ onPlay, onClose }: GuideSheetProps) {
  return (
    <Sheet title={words.title} onClose={onClose}>
      <div class="sheet-body">
        <Steps onPlay={onPlay} onDone={onClose} />
      </div>
    </Sheet>
  );
}
