/** What Spotify plays, with a link to it there, and the buttons that steer it. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { SpotifyAct, SpotifyApi } from "@/api/spotify";
import { useFetched } from "@/ui/fetched";
import { Icon } from "@/ui/Icon";
import { Slider } from "@/ui/Slider";
import { Trouble } from "@/ui/Trouble";
import { words } from "./spotifyWords";

const LOOK_EVERY_MS = 5_000; // Spotify counts how often it is asked
const SOON_MS = 400; // after a command, until Spotify tells what came of it

export function Now({ api, acts }: { api: SpotifyApi; acts: number }) {
  const { value: now, trouble, again } = useFetched(api.playing);
  const [refused, setRefused] = useState<unknown>(null);
  const [loudness, setLoudness] = useState<number | null>(null); // while it is on its way

  useEffect(() => {
    if (acts > 0) setTimeout(again, SOON_MS);
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") again();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [again, acts]);

  const steer = useCallback(
    async (act: Parameters<SpotifyApi["steer"]>[0]) => {
      setRefused(null);
      try {
        await api.steer(act);
      } catch (cause) {
        setRefused(cause);
      }
      setTimeout(() => {
        again();
        setLoudness(null);
      }, SOON_MS);
    },
    [api, again],
  );

  const button = (act: SpotifyAct["do"], icon: "play" | "pause" | "next" | "previous") => (
    <button
      type="button"
      class="button round"
      aria-label={
        { play: words.play, pause: words.pause, next: words.next, previous: words.back }[icon]
      }
      onClick={() => void steer({ do: act })}
    >
      <Icon name={icon} />
    </button>
  );
  const song = now?.song;
  return (
    <section aria-labelledby="spotify-now">
      <h3 id="spotify-now">{words.now}</h3>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} onAgain={again} />}
      {refused !== null && <Trouble cause={refused} failed={words.failed} />}
      {!now && trouble === null && <span class="skeleton view-line" />}
      {now && !song && <p class="soft">{words.nothing}</p>}
      {now && song && (
        <p>
          <a href={song.link} target="_blank" rel="noreferrer" title={words.openSong}>
            {words.by(song.title, song.artist)}
          </a>{" "}
          <span class="soft">{words.on(now.device)}</span>
        </p>
      )}
      {now && (
        <div class="row-of-buttons spotify-steer">
          {button("previous", "previous")}
          {now.playing ? button("pause", "pause") : button("resume", "play")}
          {button("next", "next")}
          {now.volume !== null && (
            <Slider
              label={words.volume}
              value={loudness ?? now.volume}
              max={1}
              step={0.05}
              onInput={setLoudness}
            />
          )}
          {loudness !== null && (
            <Settle value={loudness} onSettled={(volume) => void steer({ do: "volume", volume })} />
          )}
        </div>
      )}
    </section>
  );
}

/** Tells a value once it has stood still: Spotify is not asked for every step of a slider. */
function Settle({ value, onSettled }: { value: number; onSettled(value: number): void }) {
  useEffect(() => {
    const timer = setTimeout(() => onSettled(value), SOON_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return null;
}
