/** The five tracks that come next, in order. */
import type { Session } from "@/api/types";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import "./queue.css";

const PLACES = ["a", "b", "c", "d", "e"];

export interface QueueProps {
  session: Session | null;
  starting: boolean;
}

export function Queue({ session, starting }: QueueProps) {
  const queue = session?.queue ?? [];
  return (
    <section class="queue" aria-label={texts.queue.title}>
      <h2>
        <Icon name="note" size={18} /> {texts.queue.title}
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
          {queue.map(({ track }) => (
            <li key={track.id} class="queue-row">
              <Cover address={track.cover} size={44} />
              <span class="queue-words">
                <span class="queue-title">{track.title}</span>
                <span class="soft small">{track.artist || texts.player.unknownArtist}</span>
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p class="soft">{session?.playing ? texts.queue.none : texts.queue.empty}</p>
      )}
    </section>
  );
}
