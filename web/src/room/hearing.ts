/** What the whole window hears: keys, and files that are dragged over it. */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { keyAction, twice } from "@/features/help/keys";
import type { Senses } from "@/features/sensing/senses";
import type { Listening } from "@/listening";
import type { Over } from "./over";

export interface KeysParts {
  listening: Listening;
  senses: Senses;
  over: Signal<Over>;
  map: RefObject<HTMLElement>;
}

export function useKeys({ listening, senses, over, map }: KeysParts) {
  useEffect(() => {
    const secondEscape = twice();
    function press(event: KeyboardEvent) {
      if (event.key === "Escape" && secondEscape()) {
        senses.allOff();
        return;
      }
      const action = keyAction(event);
      if (!action) return;
      event.preventDefault();
      if (action.do === "aim") void listening.aim(action.goal);
      else if (action.do === "map") map.current?.focus();
      else if (action.do === "keys") over.value = "keys";
      else if (action.do === "correct") senses.correct();
      else void listening[action.do]();
    }
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [listening, senses, over, map]);
}

/** Whether files are held over the window; what is let go there goes to `take`. */
export function useDropping(take: (file: File) => void): boolean {
  const [dropping, setDropping] = useState(false);
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    function over(event: DragEvent) {
      if (!carries(event)) return;
      event.preventDefault();
      setDropping(true);
    }
    function leave(event: DragEvent) {
      if (!event.relatedTarget) setDropping(false);
    }
    function letGo(event: DragEvent) {
      if (!carries(event)) return;
      event.preventDefault();
      setDropping(false);
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    }
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", letGo);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", letGo);
    };
  }, [take]);
  return dropping;
}
