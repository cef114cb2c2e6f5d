/** Bring a history, take all of it along, or have it forgotten. */
import { useRef, useState } from "preact/hooks";
import { Chooser } from "@/ui/Chooser";
import { words } from "./learnedWords";

export interface KeepingProps {
  imported: number;
  /** What came of the last file; null while none was brought. */
  said: string | null;
  busy: boolean;
  onImport(file: File): void;
  onForget(): void;
}

export function Keeping({ imported, said, busy, onImport, onForget }: KeepingProps) {
  const [asking, setAsking] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const forget = useRef<HTMLButtonElement>(null);
  return (
    <section>
      <h3>{words.keeping}</h3>
      {imported > 0 && <p>{words.before(imported)}</p>}
      <p class="soft small">{words.historyHint}</p>
      <p role="status">{busy ? words.importing : said}</p>
      <Chooser
        by={chooser}
        accept=".json,.jsonl,.csv,application/json,text/csv"
        onChosen={(file) => onImport(file)}
      />
      <div class="learned-acts">
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => chooser.current?.click()}
        >
          {words.history}
        </button>
        <a class="button" href="/api/me/export" download="affetto-learned.json">
          {words.export}
        </a>
        {!asking && (
          <button ref={forget} type="button" class="button" onClick={() => setAsking(true)}>
            {words.forget}
          </button>
        )}
      </div>
      {asking && (
        <fieldset class="notice learned-forget">
          <legend class="unseen">{words.forgetAsk}</legend>
          <p class="learned-strong">{words.forgetAsk}</p>
          <p>
            {words.forgetGoes} {words.forgetStays}
          </p>
          <div class="learned-acts">
            <button
              type="button"
              class="button primary"
              onClick={() => {
                setAsking(false);
                onForget();
              }}
            >
              {words.forgetYes}
            </button>
            <button
              // What was asked about is answered where one stands.
              ref={(no) => no?.focus()}
              type="button"
              class="button quiet"
              onClick={() => {
                setAsking(false);
                requestAnimationFrame(() => forget.current?.focus());
              }}
            >
              {words.forgetNo}
            </button>
          </div>
        </fieldset>
      )}
    </section>
  );
}
