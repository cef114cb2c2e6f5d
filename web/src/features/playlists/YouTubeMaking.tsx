/** A playlist at YouTube: made when asked for, with what is missing named. */
import { useEffect, useState } from "preact/hooks";
import type { OutgoingApi, YouTubePlaylist, YouTubeState } from "@/api/outgoing";
import { heard } from "@/languages/heard";
import { Told } from "@/ui/Told";
import { Trouble } from "@/ui/Trouble";
import { words } from "./playlistsWords";

const EVERY_MS = 1000;

export function YouTubeMaking({ api }: { api: OutgoingApi }) {
  const [state, setState] = useState<YouTubeState | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const making = state?.playlist && !state.playlist.finished;

  const look = () => api.youTube().then(setState, setTrouble);
  useEffect(() => void look(), []);
  useEffect(() => {
    if (!making) return;
    const again = setInterval(() => void look(), EVERY_MS);
    return () => clearInterval(again);
  }, [making]);

  async function make() {
    setTrouble(null);
    try {
      const playlist = await api.makeYouTubePlaylist();
      setState((known) => known && { ...known, playlist });
    } catch (cause) {
      setTrouble(cause);
    }
  }

  return (
    <section class="playlist-tube">
      <h3>{words.tubeTitle}</h3>
      {!state && trouble === null && <p class="soft">{words.looking}</p>}
      {state && !state.connected && !state.playlist && <p class="soft small">{words.tubeNot}</p>}
      {state?.connected && (
        <>
          <button
            type="button"
            class="button"
            disabled={Boolean(making)}
            aria-describedby="playlist-tube"
            onClick={() => void make()}
          >
            {words.tubeMake}
          </button>
          <p id="playlist-tube" class="soft small">
            {words.tubeMakeHint}
          </p>
        </>
      )}
      {state?.playlist && <HowFar playlist={state.playlist} />}
      {trouble !== null && (
        <Trouble cause={trouble} failed={words.failed} onAgain={() => void look()} />
      )}
    </section>
  );
}

function HowFar({ playlist }: { playlist: YouTubePlaylist }) {
  const { added, missed, total, finished, left, trouble, url } = playlist;
  return (
    <>
      <p role="status">
        {finished ? words.tubeMade(added) : words.tubeMaking(added + missed.length, total)}{" "}
        {finished && left > 0 && words.tubeLeft(left)}
      </p>
      {!finished && (
        <progress max={total} value={added + missed.length} aria-label={words.tubeTitle} />
      )}
      {trouble && (
        <p class="small">
          <Told trouble={trouble} />
        </p>
      )}
      {url && (
        <a class="button" href={url} target="_blank" rel="noreferrer">
          {words.tubeOpen}
        </a>
      )}
      {missed.length > 0 && (
        <>
          <h4>{words.tubeMissed}</h4>
          <ul class="playlist-missed small">
            {missed.map((one, place) => (
              <li key={place}>
                {[one.title, one.artist].filter(Boolean).join(" · ")}{" "}
                <span class="soft">{heard(one.why)}</span>{" "}
                <a href={one.link} target="_blank" rel="noreferrer">
                  {words.tubeFind(one.title)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
