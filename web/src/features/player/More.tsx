/** The answers that are given seldom, behind a small button. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Track } from "@/api/types";
import { texts } from "@/texts";
import { Icon } from "@/ui/Icon";
import { words } from "./playerWords";

const { player } = texts;

export interface MoreProps {
  track: Track;
  fits: boolean;
  onFits(): void;
  onNever(of: "track" | "artist"): void;
  /** Where the bar has no room for buttons of their own. */
  onBack?(): void;
  onSound?(): void;
}

export function More({ track, fits, onFits, onNever, onBack, onSound }: MoreProps) {
  const [open, setOpen] = useState(false);
  const all = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    all.current?.querySelector<HTMLElement>(".more-panel button")?.focus();
    const elsewhere = (event: Event) => {
      if (!all.current?.contains(event.target as Node)) setOpen(false);
    };
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") leave();
    };
    addEventListener("keydown", press);
    addEventListener("pointerdown", elsewhere);
    addEventListener("focusin", elsewhere);
    return () => {
      removeEventListener("keydown", press);
      removeEventListener("pointerdown", elsewhere);
      removeEventListener("focusin", elsewhere);
    };
  }, [open]);

  function leave() {
    setOpen(false);
    button.current?.focus();
  }
  const saying = (say: () => void) => () => {
    leave();
    say();
  };
  return (
    <div ref={all} class="more">
      <button
        ref={button}
        type="button"
        class="button quiet round"
        aria-label={player.more}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <fieldset class="bare more-panel">
          <legend class="unseen">{player.more}</legend>
          <button type="button" class="button quiet" aria-pressed={fits} onClick={saying(onFits)}>
            {player.fits}
          </button>
          <button type="button" class="button quiet" onClick={saying(() => onNever("track"))}>
            {player.neverTrack}
          </button>
          {track.artist && (
            <button type="button" class="button quiet" onClick={saying(() => onNever("artist"))}>
              {player.neverArtist(track.artist)}
            </button>
          )}
          {onBack && (
            <button type="button" class="button quiet narrow-only" onClick={saying(onBack)}>
              {words.backLong}
            </button>
          )}
          {onSound && (
            <button type="button" class="button quiet narrow-only" onClick={saying(onSound)}>
              {words.open}
            </button>
          )}
        </fieldset>
      )}
    </div>
  );
}
