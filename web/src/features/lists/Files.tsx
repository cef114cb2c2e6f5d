/** Lists as files, in and out, and the list as it came. */
import { useRef, useState } from "preact/hooks";
import { Chooser } from "@/ui/Chooser";
import { Sure } from "@/ui/Sure";
import { Trouble } from "@/ui/Trouble";
import { words } from "./listsWords";

export interface FilesProps {
  emotion: string;
  edited: boolean;
  /** Take a file in; resolves to what came of it. */
  onImport(file: File, exactly: boolean): Promise<string>;
  onReset(): void;
}

export function Files({ emotion, edited, onImport, onReset }: FilesProps) {
  const [exactly, setExactly] = useState(false);
  const [said, setSaid] = useState("");
  const [trouble, setTrouble] = useState<unknown>(null);
  const chooser = useRef<HTMLInputElement>(null);

  async function bring(file: File) {
    setTrouble(null);
    setSaid(words.importing);
    try {
      setSaid(await onImport(file, exactly));
    } catch (cause) {
      setSaid("");
      setTrouble(cause);
    }
  }

  return (
    <section>
      <h3>{words.files}</h3>
      <p class="soft small">{words.filesHint}</p>
      <p role="status">{said}</p>
      {trouble !== null && <Trouble cause={trouble} failed={words.notKept} />}
      <Chooser by={chooser} accept=".csv,.json,.yaml,.yml" onChosen={(file) => void bring(file)} />
      <label class="switch">
        <input
          type="checkbox"
          checked={exactly}
          onChange={(event) => setExactly(event.currentTarget.checked)}
        />
        {words.exactly}
      </label>
      <div class="row-of-buttons">
        <button type="button" class="button" onClick={() => chooser.current?.click()}>
          {words.import}
        </button>
        <a
          class="button"
          href={`/api/lists/export?form=csv&emotion=${emotion}`}
          download={`affetto-${emotion}.csv`}
        >
          {words.asCsv}
        </a>
        <a class="button" href="/api/lists/export?form=json" download="affetto-songs.json">
          {words.asJson}
        </a>
      </div>
      {edited && (
        <Sure
          label={words.reset}
          ask={words.resetAsk}
          goes={words.resetGoes}
          yes={words.resetYes}
          no={words.resetNo}
          onYes={onReset}
        />
      )}
    </section>
  );
}
