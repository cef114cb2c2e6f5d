/** YouTube among the connections: the listener's own registration, and the sign-in. */
import { useEffect, useState } from "preact/hooks";
import type { OutgoingApi, YouTubeState } from "@/api/outgoing";
import { useDoing } from "@/ui/doing";
import { Told } from "@/ui/Told";
import { OutgoingCard, OutgoingField } from "./OutgoingCard";
import { outgoing } from "./outgoing";
import { words } from "./playlistsWords";

const NAME = "YouTube";
const TERMS = "https://www.youtube.com/t/terms";
const PRIVACY = "https://policies.google.com/privacy";
const EVERY_MS = 2000;

export interface YouTubePartProps {
  api?: OutgoingApi;
  onChanged(news?: string): void;
}

export function YouTubePart({ api = outgoing, onChanged }: YouTubePartProps) {
  const [state, setState] = useState<YouTubeState | null>(null);
  const [filling, setFilling] = useState(false);
  const [address, setAddress] = useState<string | null>(null); // of the sign-in under way
  const { busy, trouble, after } = useDoing();

  const look = () => after(async () => setState(await api.youTube()));
  useEffect(() => void look(), []);

  // The sign-in ends in another window, so this one asks whether it has.
  useEffect(() => {
    if (!address) return;
    const again = setInterval(() => {
      api.youTube().then(
        (now) => {
          setState(now);
          if (!now.connected && !now.trouble) return;
          setAddress(null);
          if (now.connected) onChanged(words.isOn(NAME));
        },
        () => {}, // asked again in a moment
      );
    }, EVERY_MS);
    return () => clearInterval(again);
  }, [address]);

  const connect = (form: HTMLFormElement) =>
    after(async () => {
      const said = new FormData(form);
      const of = (name: string) => String(said.get(name) ?? "").trim();
      const { url } = await api.connectYouTube(of("client"), of("secret"));
      setAddress(url);
      setFilling(false);
    });
  const disconnect = () =>
    after(async () => {
      await api.disconnectYouTube();
      setState(await api.youTube());
      onChanged(words.gone(NAME));
    });

  return (
    <OutgoingCard
      name={NAME}
      state={state && (state.connected ? words.tubeOn : words.off)}
      connected={state?.connected ?? false}
      hint={words.tubeHint}
      leaving={words.tubeLeaving}
      trouble={trouble}
      busy={busy}
      filling={filling || address !== null}
      onFill={() => setFilling(true)}
      onDisconnect={() => void disconnect()}
      {...(!state && { onAgain: () => void look() })}
    >
      {state?.trouble && (
        <p class="small">
          <Told trouble={state.trouble} />
        </p>
      )}
      {state && filling && (
        <form
          class="outgoing-form"
          onSubmit={(event) => {
            event.preventDefault();
            void connect(event.currentTarget);
          }}
        >
          <p class="small">{words.tubeSteps}</p>
          <OutgoingField label={words.tubeClient} name="client" />
          <OutgoingField
            label={words.tubeSecret}
            name="secret"
            help={words.tubeSecretHelp}
            secret
          />
          <p class="soft small">{words.tubeRedirect(state.redirect)}</p>
          <p class="small outgoing-doors">
            <a href={TERMS} target="_blank" rel="noreferrer">
              {words.tubeTerms}
            </a>
            <a href={PRIVACY} target="_blank" rel="noreferrer">
              {words.tubePrivacy}
            </a>
          </p>
          <div class="outgoing-doors">
            <button type="submit" class="button primary" disabled={busy}>
              {words.tubeNext}
            </button>
            <button type="button" class="button quiet" onClick={() => setFilling(false)}>
              {words.cancel}
            </button>
          </div>
        </form>
      )}
      {address && (
        <div class="outgoing-form">
          <p class="small">{words.tubeGoHint}</p>
          <div class="outgoing-doors">
            <a class="button primary" href={address} target="_blank" rel="noreferrer">
              {words.tubeGo}
            </a>
            <button type="button" class="button quiet" onClick={() => setAddress(null)}>
              {words.cancel}
            </button>
          </div>
        </div>
      )}
    </OutgoingCard>
  );
}
