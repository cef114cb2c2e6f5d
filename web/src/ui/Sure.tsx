/** "Are you sure": what goes, what stays, and two answers where one stands. */
import { useRef, useState } from "preact/hooks";

export interface SureProps {
  /** The button that leads here. */
  label: string;
  ask: string;
  goes: string;
  stays?: string;
  yes: string;
  no: string;
  onYes(): void;
}

export function Sure({ label, ask, goes, stays = "", yes, no, onYes }: SureProps) {
  const [asking, setAsking] = useState(false);
  const door = useRef<HTMLButtonElement>(null);
  if (!asking)
    return (
      <button ref={door} type="button" class="button" onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  return (
    <fieldset class="notice sure">
      <legend class="unseen">{ask}</legend>
      <p class="sure-ask">{ask}</p>
      <p>
        {goes} {stays}
      </p>
      <div class="row-of-buttons">
        <button
          type="button"
          class="button primary"
          onClick={() => {
            setAsking(false);
            onYes();
          }}
        >
          {yes}
        </button>
        <button
          // What was asked about is answered where one stands.
          ref={(one) => one?.focus()}
          type="button"
          class="button quiet"
          onClick={() => {
            setAsking(false);
            requestAnimationFrame(() => door.current?.focus());
          }}
        >
          {no}
        </button>
      </div>
    </fieldset>
  );
}
