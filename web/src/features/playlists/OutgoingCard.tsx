/** The frame of a service that music goes out to: its name, how it is, connect or disconnect. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Trouble } from "@/ui/Trouble";
import { words } from "./playlistsWords";
import "./playlists.css";

export interface OutgoingCardProps {
  name: string;
  /** How it is, in words; null: not known yet. */
  state: string | null;
  connected: boolean;
  hint: string;
  leaving: string;
  trouble: unknown;
  busy: boolean;
  filling: boolean;
  onFill(): void;
  onDisconnect(): void;
  onAgain?(): void;
  children?: ComponentChildren;
}

export function OutgoingCard(props: OutgoingCardProps) {
  const { name, connected, filling } = props;
  const [leaving, setLeaving] = useState(false);
  const heading = useId();
  return (
    <section class="outgoing" aria-labelledby={heading} aria-busy={props.busy}>
      <div class="outgoing-top">
        <div>
          <h4 id={heading}>{name}</h4>
          <p class="soft small" role="status">
            {props.state ?? words.looking}
          </p>
        </div>
        {!filling && !leaving && props.state !== null && (
          <button
            type="button"
            class={connected ? "button quiet" : "button"}
            aria-label={connected ? words.disconnectOf(name) : words.connectTo(name)}
            onClick={() => (connected ? setLeaving(true) : props.onFill())}
          >
            {connected ? words.disconnect : words.connect}
          </button>
        )}
      </div>
      {!connected && <p class="soft small">{props.hint}</p>}
      {leaving && (
        <fieldset class="bare outgoing-form">
          <legend class="unseen">{words.disconnectOf(name)}</legend>
          <p class="small">{props.leaving}</p>
          <div class="outgoing-doors">
            <button
              type="button"
              class="button"
              onClick={() => {
                setLeaving(false);
                props.onDisconnect();
              }}
            >
              {words.disconnect}
            </button>
            <button
              ref={(one) => one?.focus()}
              type="button"
              class="button quiet"
              onClick={() => setLeaving(false)}
            >
              {words.stay}
            </button>
          </div>
        </fieldset>
      )}
      {props.children}
      {props.trouble !== null && (
        <Trouble
          cause={props.trouble}
          failed={words.failed}
          {...(props.onAgain && { onAgain: props.onAgain })}
        />
      )}
    </section>
  );
}

/** One line of a form that connects a service. */
export function OutgoingField({
  label,
  name,
  help = "",
  secret = false,
  optional = false,
}: {
  label: string;
  name: string;
  help?: string;
  secret?: boolean;
  optional?: boolean;
}) {
  const id = useId();
  return (
    <div class="outgoing-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        name={name}
        type={secret ? "password" : "text"}
        autocomplete="off"
        spellcheck={false}
        required={!optional}
        aria-describedby={help ? `${id}-help` : undefined}
      />
      {help && (
        <p id={`${id}-help`} class="soft small">
          {help}
        </p>
      )}
    </div>
  );
}
