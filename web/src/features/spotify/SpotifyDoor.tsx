/** A line about Spotify, and the way to its sheet. */
import { openSpotify } from "./opening";
import { words } from "./spotifyWords";

export function SpotifyDoor() {
  return (
    <>
      <p class="soft small">{words.lead}</p>
      <button type="button" class="button" onClick={openSpotify}>
        {words.title}
      </button>
    </>
  );
}
