/** The tracks that come next, in order, and what one can do to each of them. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Choice, Session, Track } from "@/api/types";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import "./queue.css";

const words = texts.queue;
const PLACES = ["a", "b", "c", "d", "e"];

export interface QueueProps {
  session: Session | null;
  starting: boolean;
  onPin(choice: Choice): void;
  onRemove(choice: Choice): void;
  onMove(choice: Choice, to: number): void;
  onNever(of: "track" | "artist", track: Track): void;
}

export function Queue({ session, starting, ...acts }: QueueProps) {
  const queue = session?.queue ?? [];
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section class="queue" aria-label={words.title}>
      <h2>
        <Icon name="note" size={18} /> {words.title}
      </h2>
      {starting && !session ? (
        <ul aria-busy="true">
          {PLACES.map((place) => (
            <li key={place} class="queue-row">
              <span class="skeleton cover" />
              <span class="skeleton queue-line" />
            </li>
          ))}
        </ul>
      ) : queue.length ? (
        <ol>
          {queue.map((choice, place) => (
            <Row
              key={choice.track.id}
              choice={choice}
              place={place}
              last={place === queue.length - 1}
              open={open === choice.track.id}
              onOpen={(on) => setOpen(on ? choice.track.id : null)}
              {...acts}
            />
          ))}
        </ol>
      ) : (
        <p class="soft">{session?.playing ? words.none : words.empty}</p>
      )}
    </section>
  );
}

interface RowProps extends Omit<QueueProps, "session" | "starting"> {
  choice: Choice;
  place: number;
  last: boolean;
  open: boolean;
  onOpen(on: boolean): void;
}

function Row({ choice, place, last, open, onOpen, ...acts }: RowProps) {
  const { track, pinned } = choice;
  const row = useRef<HTMLLIElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const held = useRef<HTMLElement | null>(null);
  // A row that is moved in the page loses the focus; it gets it back.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) held.current?.focus();
    held.current = null;
  }, [place]);

  const move = (by: number) => () => {
    held.current = document.activeElement as HTMLElement;
    acts.onMove(choice, place + by);
  };
  return (
    <li
      ref={row}
      class="queue-row"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        onOpen(false);
        button.current?.focus();
      }}
    >
      <Cover address={track.cover} size={44} />
      <span class="queue-words">
        <span class="queue-title">{track.title}</span>
        <span class="soft small">
          {track.artist || texts.player.unknownArtist}
          {pinned && (
            <span class="queue-pinned">
              <Icon name="pin" size={14} />
              {words.pinnedMark}
            </span>
          )}
        </span>
      </span>
      <button
        ref={button}
        type="button"
        class="button quiet round queue-more"
        aria-label={words.more(track.title)}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        <Icon name="more" size={20} />
      </button>
      {open && (
        <fieldset class="bare queue-acts">
          <legend class="unseen">{words.more(track.title)}</legend>
          <Act words={words.up} off={place === 0} onClick={move(-1)} />
          <Act words={words.down} off={last} onClick={move(1)} />
          <Act words={pinned ? words.unpin : words.pin} onClick={() => acts.onPin(choice)} />
          <Act words={words.remove} onClick={() => acts.onRemove(choice)} />
          <Act words={texts.player.neverTrack} onClick={() => acts.onNever("track", track)} />
          {track.artist && (
            <Act
              words={texts.player.neverArtist(track.artist)}
              onClick={() => acts.onNever("artist", track)}
            />
          )}
        </fieldset>
      )}
    </li>
  );
}

/** What cannot be done now keeps its place and its focus, and does nothing. */
function Act({
  words: said,
  off = false,
  onClick,
}: {
  words: string;
  off?: boolean;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      class="button"
      aria-disabled={off}
      onClick={() => {
        if (!off) onClick();
      }}
    >
      {said}
    </button>
  );
}
