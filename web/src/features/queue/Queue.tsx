/** The tracks that come next, in order, and what one can do to each of them. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Choice, Session, Track } from "@/api/types";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { SaveQueue } from "../playlists/SaveQueue";
import { useDragging } from "./dragging";
import { words as moving } from "./queueWords";
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
  const order = queue.map(({ track }) => track.id).join(" ");
  const { list, grip, shift, dragged } = useDragging(order, (from, to) => {
    const choice = queue[from];
    if (choice) acts.onMove(choice, to);
  });
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
        <ol ref={list}>
          {queue.map((choice, place) => (
            <Row
              key={choice.track.id}
              choice={choice}
              place={place}
              last={place === queue.length - 1}
              open={open === choice.track.id}
              onOpen={(on) => setOpen(on ? choice.track.id : null)}
              grip={queue.length > 1 ? grip(place) : null}
              shift={shift(place)}
              dragged={dragged === place}
              {...acts}
            />
          ))}
        </ol>
      ) : (
        <p class="soft">{session?.playing ? words.none : words.empty}</p>
      )}
      {queue.length > 0 && <SaveQueue />}
      <span id="queue-help" class="unseen">
        {moving.gripHelp}
      </span>
    </section>
  );
}

interface RowProps extends Omit<QueueProps, "session" | "starting"> {
  choice: Choice;
  place: number;
  last: boolean;
  open: boolean;
  onOpen(on: boolean): void;
  /** What its grip listens to; null: there is nowhere to go. */
  grip: ReturnType<ReturnType<typeof useDragging>["grip"]> | null;
  shift: number;
  dragged: boolean;
}

function Row(props: RowProps) {
  const { choice, place, last, open, onOpen, grip, shift, dragged, ...acts } = props;
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
  function press(event: KeyboardEvent) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault(); // the page stays where it is
    if (by < 0 ? place > 0 : !last) move(by)();
  }
  return (
    <li
      ref={row}
      class={`queue-row${dragged ? " dragged" : ""}`}
      style={shift ? { transform: `translateY(${shift}px)` } : {}}
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
      {grip && (
        <button
          type="button"
          class="button quiet round queue-grip"
          aria-label={moving.grip(track.title)}
          aria-describedby="queue-help"
          onKeyDown={press}
          {...grip}
        >
          <Icon name="grip" size={20} />
        </button>
      )}
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
