/** Save what comes next: as a file, where the music lives, or as a playlist at YouTube. */
import { useState } from "preact/hooks";
import type { Form, OutgoingApi } from "@/api/outgoing";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { KeepThere } from "./KeepThere";
import { outgoing } from "./outgoing";
import { words } from "./playlistsWords";
import { YouTubeMaking } from "./YouTubeMaking";
import "./playlists.css";

const FORMS: readonly Form[] = ["m3u8", "xspf", "jspf"];

export interface PlaylistSheetProps {
  api?: OutgoingApi;
  onClose(): void;
}

export function PlaylistSheet({ api = outgoing, onClose }: PlaylistSheetProps) {
  const [relative, setRelative] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const [trouble, setTrouble] = useState<unknown>(null);

  async function save(form: Form) {
    setBusy(true);
    setSaid("");
    setTrouble(null);
    try {
      const file = await api.saveQueue(form, relative ? "relative" : "absolute");
      hand(file.data, file.name);
      setSaid(words.saved(file.name));
    } catch (cause) {
      setTrouble(cause);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Sheet title={words.title} onClose={onClose} class="playlists">
      <div class="sheet-body" aria-busy={busy}>
        <p class="soft">{words.hint}</p>
        <ul class="playlist-forms">
          {FORMS.map((form) => (
            <li key={form}>
              <button
                type="button"
                class="button"
                disabled={busy}
                aria-describedby={`playlist-${form}`}
                onClick={() => void save(form)}
              >
                {words.save(form.toUpperCase())}
              </button>
              <span id={`playlist-${form}`} class="soft small">
                {words[form]}
              </span>
            </li>
          ))}
        </ul>
        <label class="switch">
          <input
            type="checkbox"
            checked={relative}
            onChange={(event) => setRelative(event.currentTarget.checked)}
          />
          <span>
            {words.relative}
            <span class="soft small playlist-line">{words.relativeHint}</span>
          </span>
        </label>
        <p role="status" class={said ? "" : "unseen"}>
          {said}
        </p>
        {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
        <KeepThere api={api} />
        <YouTubeMaking api={api} />
      </div>
    </Sheet>
  );
}

/** Give a file to the browser, which asks where to, or puts it among the downloads. */
function hand(data: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
