/** What each mood plays: the listener's own words for it, a play button, and a link. */
import { useRef, useState } from "preact/hooks";
import type {
  SpotifyApi,
  SpotifyList,
  SpotifyMood,
  SpotifyPlayed,
  SpotifyPreset,
  SpotifyState,
} from "@/api/spotify";
import { useFetched } from "@/ui/fetched";
import { Trouble } from "@/ui/Trouble";
import { Said } from "./Said";
import { words } from "./spotifyWords";

const ORDER = Object.keys(words.names) as SpotifyMood[];

export interface MoodsProps {
  api: SpotifyApi;
  state: SpotifyState;
  onAsked(plays: boolean): void;
}

export function Moods({ api, state, onAsked }: MoodsProps) {
  const { value: told, trouble, again, put } = useFetched(api.presets);
  const [played, setPlayed] = useState<SpotifyPlayed | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const keeping = useRef(Promise.resolve()); // one after the other, so that the last one counts

  /** Keep what was typed for a mood; what could not be kept stays in its field. */
  function keep(mood: string, typed: string) {
    keeping.current = keeping.current.then(async () => {
      if (!told) return;
      setRefused(null);
      const before = Object.fromEntries(told.presets.map((one) => [one.mood, one.words]));
      try {
        put(await api.setPresets({ ...before, [mood]: typed }));
        setSaid(words.kept);
      } catch (cause) {
        setRefused(cause);
      }
    });
  }

  async function play(mood: SpotifyMood | null) {
    setBusy(true);
    setSaid("");
    setRefused(null);
    await keeping.current; // what was just typed
    try {
      const answer = await api.play(mood);
      setPlayed(answer);
      onAsked(!answer.trouble);
    } catch (cause) {
      setRefused(cause);
    } finally {
      setBusy(false);
    }
  }

  const of = (mood: SpotifyMood) => told?.presets.find((one) => one.mood === mood);
  return (
    <section aria-labelledby="spotify-moods">
      <h3 id="spotify-moods">{words.moods}</h3>
      <p class="soft small">{state.connected ? words.moodsHint : words.moodsLinks}</p>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} onAgain={again} />}
      {state.connected && (
        <div class="row-of-buttons">
          <button
            type="button"
            class="button primary"
            disabled={busy}
            onClick={() => void play(null)}
          >
            {words.fits}
          </button>
        </div>
      )}
      {refused !== null && <Trouble cause={refused} failed={words.failed} />}
      {played?.trouble && <Said trouble={played.trouble} link={played.link} />}
      {state.listed && <Lookup list={state.listed} />}
      <p role="status" class="unseen">
        {said}
      </p>
      <ul class="view-rows">
        {ORDER.map((mood) => {
          const preset = of(mood);
          return (
            preset && (
              <Mood
                key={mood}
                mood={mood}
                preset={preset}
                connected={state.connected}
                busy={busy}
                onKeep={(typed) => keep(mood, typed)}
                onPlay={() => void play(mood)}
              />
            )
          );
        })}
      </ul>
    </section>
  );
}

interface MoodProps {
  mood: SpotifyMood;
  preset: SpotifyPreset;
  connected: boolean;
  busy: boolean;
  onKeep(words: string): void;
  onPlay(): void;
}

function Mood({ mood, preset, connected, busy, onKeep, onPlay }: MoodProps) {
  const name = words.names[mood];
  return (
    <li class="spotify-mood">
      <span class="spotify-name">{name}</span>
      {connected && (
        <input
          class="field"
          aria-label={words.wordsFor(name)}
          placeholder={words.list}
          maxLength={200}
          defaultValue={preset.words}
          onChange={(event) => onKeep(event.currentTarget.value)}
        />
      )}
      {connected && (
        <button
          type="button"
          class="button"
          aria-label={words.playMood(name)}
          disabled={busy}
          onClick={onPlay}
        >
          {words.play}
        </button>
      )}
      <a
        class="button quiet"
        href={preset.link}
        target="_blank"
        rel="noreferrer"
        aria-label={words.openMood(name)}
      >
        {words.open}
      </a>
    </li>
  );
}

/** How far the songs of a list are looked up, and which are not there. */
export function Lookup({ list }: { list: SpotifyList }) {
  const { wanted, found, missed, done, trouble } = list;
  return (
    <div class="spotify-lookup">
      <p role="status">
        {done
          ? words.found(found.length, wanted)
          : words.lookingUp(found.length + missed.length, wanted)}
      </p>
      {done && trouble && <Said trouble={trouble} />}
      {missed.length > 0 && (
        <details>
          <summary class="link">{words.missed(missed.length)}</summary>
          <ul>
            {missed.map((one) => (
              <li key={one.link}>
                <a href={one.link} target="_blank" rel="noreferrer">
                  {words.by(one.title, one.artist)}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
