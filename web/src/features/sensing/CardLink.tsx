/** The way to the model's card, from wherever a face is read or a sensor is asked for. */
import { texts } from "@/texts";
import "./sensing.css";

export function CardLink({ onOpen }: { onOpen(): void }) {
  return (
    <button type="button" class="card-link" aria-haspopup="dialog" onClick={onOpen}>
      {texts.card.title}
    </button>
  );
}
