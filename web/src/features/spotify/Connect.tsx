/** Connecting in three steps, with a Client ID of one's own. */
import { useState } from "preact/hooks";
import type { SpotifyApi, SpotifyState } from "@/api/spotify";
import { Trouble } from "@/ui/Trouble";
import { words } from "./spotifyWords";

const DASHBOARD = "https://developer.spotify.com/dashboard";
const CLIENT_ID = /^[0-9A-Za-z]{16,64}$/;

export interface ConnectProps {
  api: SpotifyApi;
  state: SpotifyState;
  /** Leaves for Spotify; a test stays. */
  go?(url: string): void;
}

export function Connect({ api, state, go = (url) => location.assign(url) }: ConnectProps) {
  const [id, setId] = useState(state.client_id);
  const [wrong, setWrong] = useState(false);
  const [said, setSaid] = useState("");
  const [trouble, setTrouble] = useState<unknown>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(state.redirect);
      setSaid(words.copied);
    } catch {
      setSaid(words.notCopied);
    }
  };

  async function signIn(event: SubmitEvent) {
    event.preventDefault();
    const tidy = id.trim();
    setWrong(!CLIENT_ID.test(tidy));
    if (!CLIENT_ID.test(tidy)) return;
    setTrouble(null);
    try {
      go((await api.connect(tidy)).url);
    } catch (cause) {
      setTrouble(cause);
    }
  }

  return (
    <section aria-labelledby="spotify-connect">
      <h3 id="spotify-connect">{words.connect}</h3>
      <p>{words.lead}</p>
      <form onSubmit={(event) => void signIn(event)}>
        <ol class="spotify-steps">
          <li>
            <p>{words.stepApp}</p>
            <a href={DASHBOARD} target="_blank" rel="noreferrer">
              {words.dashboard}
            </a>
          </li>
          <li>
            <p>{words.stepRedirect}</p>
            <div class="spotify-address">
              <code>{state.redirect}</code>
              <button type="button" class="button" onClick={() => void copy()}>
                {words.copy}
              </button>
            </div>
            <p role="status" class="soft small">
              {said}
            </p>
          </li>
          <li>
            <label>
              <span class="spotify-line">{words.stepId}</span>
              <span class="unseen">{words.clientId}</span>
              <input
                class="field"
                value={id}
                autocomplete="off"
                spellcheck={false}
                aria-invalid={wrong}
                aria-describedby="spotify-wrong"
                onInput={(event) => setId(event.currentTarget.value)}
              />
            </label>
            <p id="spotify-wrong" role="status" class="small">
              {wrong ? words.clientIdWrong : ""}
            </p>
          </li>
        </ol>
        {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
        <button type="submit" class="button primary">
          {words.signIn}
        </button>
        <p class="soft small">{words.signInHint}</p>
      </form>
    </section>
  );
}
