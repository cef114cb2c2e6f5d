/** Spotify among the places where music lives: a line about it, and the way to its sheet. */
import { useId } from "preact/hooks";
import { openSpotify } from "./opening";
import { words } from "./spotifyWords";
import "./spotify.css";

export function SpotifyPart() {
  const [title, open] = [useId(), useId()];
  return (
    <section class="spotify-part" aria-labelledby={title}>
      <h4 id={title}>{words.title}</h4>
      <p class="soft small">{words.lead}</p>
      <div>
        <button
          id={open}
          type="button"
          class="button"
          aria-labelledby={`${open} ${title}`}
          onClick={openSpotify}
        >
          {words.open}
        </button>
      </div>
    </section>
  );
}
