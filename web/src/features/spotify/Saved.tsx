/** The listener's saved songs: to play now, or to put into Spotify's queue. */
import { useState } from "preact/hooks";
import type { SpotifyApi, SpotifySong } from "@/api/spotify";
import { useDoing } from "@/ui/doing";
import { Trouble } from "@/ui/Trouble";
import { Said } from "./Said";
import { words } from "./spotifyWords";

export function Saved({ api, onAsked }: { api: SpotifyApi; onAsked(plays: boolean): void }) {
  const [songs, setSongs] = useState<SpotifySong[] | null>(null);
  const [more, setMore] = useState(true);
  const { busy, trouble, after } = useDoing();
  const [said, setSaid] = useState("");
  const [played, setPlayed] = useState<Awaited<ReturnType<SpotifyApi["playSong"]>> | null>(null);

  const show = () =>
    after(async () => {
      const before = songs ?? [];
      const page = await api.saved(before.length);
      setSongs([...before, ...page.songs]);
      setMore(page.more);
    });
  const play = ({ uri }: SpotifySong) =>
    after(async () => {
      const answer = await api.playSong(uri);
      setPlayed(answer);
      onAsked(!answer.trouble);
    });
  const queue = ({ uri, title }: SpotifySong) =>
    after(async () => {
      await api.queue(uri);
      setSaid(words.queued(title));
    });

  return (
    <section aria-labelledby="spotify-saved">
      <h3 id="spotify-saved">{words.saved}</h3>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
      {played?.trouble && <Said trouble={played.trouble} link={played.link} />}
      <p role="status" class="soft small">
        {said}
      </p>
      {songs?.length === 0 && <p>{words.noSaved}</p>}
      {songs && songs.length > 0 && (
        <ul class="view-rows">
          {songs.map((song) => (
            <li key={song.uri} class="view-row">
              <span class="view-words">
                <a href={song.link} target="_blank" rel="noreferrer">
                  {song.title}
                </a>
                <span class="soft small">{song.artist}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={words.playSong(song.title)}
                disabled={busy}
                onClick={() => void play(song)}
              >
                {words.play}
              </button>
              <button
                type="button"
                class="button quiet"
                aria-label={words.queueSong(song.title)}
                disabled={busy}
                onClick={() => void queue(song)}
              >
                {words.later}
              </button>
            </li>
          ))}
        </ul>
      )}
      {more && (
        <div class="row-of-buttons">
          <button type="button" class="button" disabled={busy} onClick={() => void show()}>
            {songs ? words.moreSaved : words.showSaved}
          </button>
        </div>
      )}
    </section>
  );
}
