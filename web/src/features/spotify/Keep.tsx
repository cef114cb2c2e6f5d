/** Making a private playlist at Spotify, or bringing the one made before up to date. */
import { useState } from "preact/hooks";
import type { PlaylistOf, SpotifyApi, SpotifyState } from "@/api/spotify";
import { Trouble } from "@/ui/Trouble";
import { Lookup } from "./Moods";
import { Said } from "./Said";
import { words } from "./spotifyWords";

export interface KeepProps {
  api: SpotifyApi;
  state: SpotifyState;
  onAsked(): void;
}

export function Keep({ api, state, onAsked }: KeepProps) {
  const [name, setName] = useState("Affetto");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const { playlist } = state;

  async function keep(of: PlaylistOf) {
    setBusy(true);
    setTrouble(null);
    try {
      await api.keep(of, name.trim() || "Affetto");
    } catch (cause) {
      setTrouble(cause);
    }
    setBusy(false);
    onAsked();
  }

  return (
    <section aria-labelledby="spotify-keep">
      <h3 id="spotify-keep">{words.keep}</h3>
      <p class="soft small">{words.keepHint}</p>
      <label class="spotify-field">
        {words.playlistName}
        <input
          class="field"
          value={name}
          maxLength={100}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <div class="row-of-buttons">
        <button
          type="button"
          class="button"
          disabled={busy || state.put_on === 0}
          onClick={() => void keep("played")}
        >
          {words.ofPlayed}
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => void keep("session")}>
          {words.ofSession}
        </button>
      </div>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
      {trouble === null && playlist?.trouble && <Said trouble={playlist.trouble} />}
      {playlist && playlist.wanted.wanted > 0 && <Lookup list={playlist.wanted} />}
      {playlist?.link && (
        <p role="status">
          {words.written(playlist.songs)}{" "}
          <a href={playlist.link} target="_blank" rel="noreferrer">
            {words.openPlaylist}
          </a>
        </p>
      )}
    </section>
  );
}
