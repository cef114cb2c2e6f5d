/** Where the music sounds: in this page, or in one of the players. */
import { useState } from "preact/hooks";
import type { Provider } from "@/api/providers";
import { heard } from "@/languages/heard";
import { Trouble } from "@/ui/Trouble";
import { words } from "./connectionsWords";
import type { Outlet } from "./outlet";

export interface WhereItSoundsProps {
  outlet: Outlet;
  players: Provider[];
  onSaid(news: string): void;
}

export function WhereItSounds({ outlet, players, onSaid }: WhereItSoundsProps) {
  const [trouble, setTrouble] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const now = outlet.sounds.value;
  if (!players.length && !now?.outlet) return null;

  async function choose(name: string | null, title: string) {
    setBusy(true);
    setTrouble(null);
    try {
      await outlet.choose(name);
      onSaid(name ? words.goesOn(title) : words.goesOnHere);
    } catch (cause) {
      setTrouble(cause);
    } finally {
      setBusy(false);
    }
  }

  const places: [string | null, string][] = [
    [null, words.page],
    ...players.map(({ name, title }): [string, string] => [name, heard(title)]),
  ];
  return (
    <fieldset class="bare connections-group" aria-busy={busy}>
      <legend>{words.where}</legend>
      <p class="soft small">{words.whereHint}</p>
      <div class="provider-doors">
        {places.map(([name, title]) => (
          <button
            key={name ?? ""}
            type="button"
            class="button"
            aria-pressed={(now?.outlet ?? null) === name}
            disabled={busy}
            onClick={() => void choose(name, title)}
          >
            {title}
          </button>
        ))}
      </div>
      {now?.state === "waiting" && <p class="small">{words.looked}</p>}
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
    </fieldset>
  );
}
