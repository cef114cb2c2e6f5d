/** ListenBrainz among the connections: what is sent, the token, how it stands. */
import { useEffect, useState } from "preact/hooks";
import type { ListenBrainz, OutgoingApi } from "@/api/outgoing";
import { texts } from "@/texts";
import { useDoing } from "@/ui/doing";
import { Told } from "@/ui/Told";
import { OutgoingCard, OutgoingField } from "./OutgoingCard";
import { outgoing } from "./outgoing";
import { words } from "./playlistsWords";

const NAME = "ListenBrainz";
const TOKEN_PAGE = "https://listenbrainz.org/settings/";

export interface ListenBrainzPartProps {
  api?: OutgoingApi;
  onChanged(news?: string): void;
}

export function ListenBrainzPart({ api = outgoing, onChanged }: ListenBrainzPartProps) {
  const [state, setState] = useState<ListenBrainz | null>(null);
  const [filling, setFilling] = useState(false);
  const { busy, trouble, after } = useDoing();

  const look = () => after(async () => setState(await api.listenBrainz()));
  useEffect(() => void look(), []);

  const connect = (form: HTMLFormElement, version: string) =>
    after(async () => {
      const token = String(new FormData(form).get("token") ?? "").trim();
      setState(await api.connectListenBrainz(token, version));
      setFilling(false);
      onChanged(words.isOn(NAME));
    });
  const disconnect = () =>
    after(async () => {
      await api.disconnectListenBrainz();
      setState(await api.listenBrainz());
      onChanged(words.gone(NAME));
    });

  const told = state?.connected
    ? `${words.brainzUser(state.user)} · ${state.waiting ? words.brainzWaiting(state.waiting) : words.brainzTold}`
    : words.off;
  return (
    <OutgoingCard
      name={NAME}
      state={state && told}
      connected={state?.connected ?? false}
      hint={words.brainzHint}
      leaving={words.brainzLeaving}
      trouble={trouble}
      busy={busy}
      filling={filling}
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
            void connect(event.currentTarget, state.consent.version);
          }}
        >
          <div>
            <h5>{words.brainzText}</h5>
            <Agreed text={state.consent} />
          </div>
          <OutgoingField
            label={words.brainzToken}
            name="token"
            help={words.brainzTokenHelp}
            secret
          />
          <a href={TOKEN_PAGE} target="_blank" rel="noreferrer">
            {words.brainzTokenPage}
          </a>
          <div class="outgoing-doors">
            <button type="submit" class="button primary" disabled={busy}>
              {words.brainzAgree}
            </button>
            <button type="button" class="button quiet" onClick={() => setFilling(false)}>
              {words.cancel}
            </button>
          </div>
        </form>
      )}
    </OutgoingCard>
  );
}

/** What is agreed to, in the language of the moment if this very version is translated. */
function Agreed({ text }: { text: ListenBrainz["consent"] }) {
  const translated = texts.consent.versions[text.version];
  return (
    <div class="small" {...(!translated && { lang: "en", dir: "ltr" })}>
      {(translated ?? text.text).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
