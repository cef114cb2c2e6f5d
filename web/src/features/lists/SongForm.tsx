/** A song as one types it; every letter is kept until it is in the list or left. */
import { useEffect, useRef } from "preact/hooks";
import type { Draft } from "./draft";
import { words } from "./listsWords";

export interface SongFormProps {
  draft: Draft;
  /** It was typed before, and has come back. */
  restored: boolean;
  busy: boolean;
  onType(draft: Draft): void;
  onSave(): void;
  onCancel(): void;
}

export function SongForm({ draft, restored, busy, onType, onSave, onCancel }: SongFormProps) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { form } = words;
  const field = (name: "title" | "artist" | "because", most: number, required: boolean) => (
    <label class="song-field">
      {form[name]}
      <input
        ref={name === "title" ? first : null}
        class="field"
        type="text"
        required={required}
        maxLength={most}
        value={draft[name]}
        onInput={(event) => onType({ ...draft, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      class="song-form"
      aria-label={draft.of ? form.edit : form.add}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <h3>{draft.of ? form.edit : form.add}</h3>
      {restored && <p class="soft small">{form.draft}</p>}
      {field("title", 300, true)}
      {field("artist", 300, true)}
      <label class="song-field">
        {form.year}
        <input
          class="field"
          type="text"
          inputMode="numeric"
          pattern="[12][0-9]{3}"
          maxLength={4}
          value={draft.year}
          onInput={(event) => onType({ ...draft, year: event.currentTarget.value })}
        />
      </label>
      {field("because", 1000, false)}
      <label class="switch">
        <input
          type="checkbox"
          checked={draft.explicit}
          onChange={(event) => onType({ ...draft, explicit: event.currentTarget.checked })}
        />
        {form.explicit}
      </label>
      <div class="row-of-buttons">
        <button type="submit" class="button primary" disabled={busy}>
          {form.save}
        </button>
        <button type="button" class="button quiet" onClick={onCancel}>
          {form.cancel}
        </button>
      </div>
    </form>
  );
}
