/** Spotify: connect it, play what fits there, keep it, let it go. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { createSpotifyApi, type SpotifyApi, type SpotifyState } from "@/api/spotify";
import { say } from "@/languages/say";
import { useFetched } from "@/ui/fetched";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { Connect } from "./Connect";
import { Devices } from "./Devices";
import { Keep } from "./Keep";
import { Moods } from "./Moods";
import { Now } from "./Now";
import { Said } from "./Said";
import { Saved } from "./Saved";
import { words } from "./spotifyWords";
import "@/ui/views.css";
import "./spotify.css";

const LOOK_EVERY_MS = 600; // while songs are looked up

export interface SpotifySheetProps {
  api?: SpotifyApi;
  /** Music begins at Spotify, so other music falls silent: its terms allow no mixing. */
  onSound(): void;
  onClose(): void;
}

export function SpotifySheet({ api: given, onSound, onClose }: SpotifySheetProps) {
  const [api] = useState(() => given ?? createSpotifyApi());
  const { value: state, trouble, again } = useFetched(api.state);
  const [acts, setActs] = useState(0); // grows when something else may sound now

  const looking = state ? isLooking(state) : false;
  useEffect(() => {
    if (!looking) return;
    const timer = setInterval(again, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      setActs((n) => n + 1);
    };
  }, [looking, again]);

  const asked = useCallback(
    (plays: boolean) => {
      if (plays) onSound();
      setActs((n) => n + 1);
      again();
    },
    [onSound, again],
  );

  return (
    <Sheet title={words.title} onClose={onClose} class="view spotify">
      <div class="sheet-body" aria-busy={!state && trouble === null}>
        {trouble !== null && <Trouble cause={trouble} failed={words.failed} onAgain={again} />}
        {!state && trouble === null && <Waiting />}
        {state?.trouble && <Said trouble={state.trouble} />}
        {state && !state.connected && <Connect api={api} state={state} />}
        {state?.connected && <Now api={api} acts={acts} />}
        {state && <Moods api={api} state={state} onAsked={asked} />}
        {state?.connected && (
          <>
            <Devices api={api} acts={acts} />
            <Saved api={api} onAsked={asked} />
            <Keep api={api} state={state} onAsked={again} />
            <Connection api={api} state={state} onGone={again} />
          </>
        )}
      </div>
    </Sheet>
  );
}

const isLooking = ({ listed, playlist }: SpotifyState) =>
  listed?.done === false || (playlist !== null && !playlist.link && !playlist.trouble);

function Waiting() {
  return (
    <>
      <p class="soft">{words.waiting}</p>
      {["a", "b", "c"].map((line) => (
        <span key={line} class="skeleton view-line" />
      ))}
    </>
  );
}

interface ConnectionProps {
  api: SpotifyApi;
  state: SpotifyState;
  onGone(): void;
}

function Connection({ api, state, onGone }: ConnectionProps) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const leave = () => api.disconnect().then(onGone, setTrouble);
  return (
    <section aria-labelledby="spotify-connection">
      <h3 id="spotify-connection">{words.connection}</h3>
      {state.until && <p>{words.until(say.day(state.until))}</p>}
      <p class="soft small">{words.terms}</p>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
      {asking ? (
        <fieldset class="notice sure">
          <legend class="unseen">{words.disconnectAsk}</legend>
          <p class="sure-ask">{words.disconnectAsk}</p>
          <p>{words.disconnectSays}</p>
          <div class="row-of-buttons">
            <button type="button" class="button primary" onClick={() => void leave()}>
              {words.disconnectYes}
            </button>
            <button
              ref={(no) => no?.focus()}
              type="button"
              class="button quiet"
              onClick={() => setAsking(false)}
            >
              {words.disconnectNo}
            </button>
          </div>
        </fieldset>
      ) : (
        <div class="row-of-buttons">
          <button type="button" class="button" onClick={() => setAsking(true)}>
            {words.disconnect}
          </button>
        </div>
      )}
    </section>
  );
}
