/** Tracks as lines that open them. */
import type { Ref } from "preact";
import type { Track } from "@/api/types";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { clock } from "@/ui/clock";
import type { Chosen } from "./LibraryMap";

/** A few tracks, one below the other. */
export function TrackList({
  tracks,
  onChoose,
}: {
  tracks: Chosen[];
  onChoose(chosen: Chosen): void;
}) {
  return (
    <ul class="track-list">
      {tracks.map((one) => (
        <li key={one.track.id}>
          <TrackRow track={one.track} onChoose={() => onChoose(one)} />
        </li>
      ))}
    </ul>
  );
}

/** One of them; a skeleton until it has come. */
export function TrackRow({
  track,
  hold = null,
  onChoose,
}: {
  track: Track | undefined;
  /** Its button. */
  hold?: Ref<HTMLButtonElement>;
  onChoose(): void;
}) {
  if (!track)
    return (
      <div class="library-row" aria-busy="true">
        <span class="skeleton cover" />
        <span class="skeleton library-line" />
      </div>
    );
  const where = [track.artist, track.album].filter(Boolean).join(" · ");
  return (
    <button
      ref={hold}
      type="button"
      class="library-row"
      title={[track.title, where].filter(Boolean).join(", ")}
      onClick={onChoose}
    >
      <Cover address={track.cover} size={44} />
      <span class="library-words">
        <span class="library-title">{track.title}</span>
        <span class="soft small library-where">{where || texts.player.unknownArtist}</span>
      </span>
      <span class="soft small library-mood">{texts.moods[track.mood ?? ""]}</span>
      <span class="soft small">{clock(track.duration_s)}</span>
    </button>
  );
}
