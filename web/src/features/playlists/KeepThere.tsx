/** A playlist kept where the music lives: on a music server, or with a player. */
import { useEffect, useState } from "preact/hooks";
import type { KeptPlaylist, OutgoingApi, PlaylistPlace } from "@/api/outgoing";
import { heard } from "@/languages/heard";
import { useDoing } from "@/ui/doing";
import { Trouble } from "@/ui/Trouble";
import { OutgoingField } from "./OutgoingCard";
import { words } from "./playlistsWords";

export function KeepThere({ api }: { api: OutgoingApi }) {
  const [places, setPlaces] = useState<PlaylistPlace[]>([]);
  const [kept, setKept] = useState<KeptPlaylist | null>(null);
  const { busy, trouble, after } = useDoing();

  const look = () => after(async () => setPlaces((await api.playlistPlaces()).places));
  useEffect(() => void look(), []);

  const keep = (form: HTMLFormElement, provider: string) =>
    after(async () => {
      setKept(null);
      const name = String(new FormData(form).get("name") ?? "");
      setKept(await api.keepPlaylist(provider, name));
    });

  if (!places.length)
    return trouble === null ? null : (
      <Trouble cause={trouble} failed={words.failed} onAgain={() => void look()} />
    );
  return (
    <form
      class="playlist-tube"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        const pressed = event.submitter as HTMLButtonElement | null;
        const provider = pressed?.value || places[0]?.name;
        if (provider) void keep(event.currentTarget, provider);
      }}
    >
      <h3>{words.keepTitle}</h3>
      <OutgoingField label={words.keepName} name="name" help={words.keepNameHelp} optional />
      {places.map(({ name, title }) => (
        <button key={name} type="submit" class="button" value={name} disabled={busy}>
          {words.keepIn(heard(title))}
        </button>
      ))}
      <p role="status" class={kept ? "" : "unseen"}>
        {kept && `${words.keepDone(kept.name, kept.songs)} `}
        {kept && kept.missing.length > 0 && words.keepMissing(kept.missing.join(", "))}
      </p>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
    </form>
  );
}
