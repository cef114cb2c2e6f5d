/** The browser's own choice of files, opened by a button that stands elsewhere. */
import type { Ref } from "preact";

export interface ChooserProps {
  /** The input, to be clicked. */
  by: Ref<HTMLInputElement>;
  accept: string;
  multiple?: boolean;
  /** At least one; the same file may be chosen again. */
  onChosen(first: File, all: File[]): void;
}

export function Chooser({ by, accept, multiple = false, onChosen }: ChooserProps) {
  return (
    <input
      ref={by}
      type="file"
      accept={accept}
      multiple={multiple}
      class="unseen"
      tabIndex={-1}
      aria-hidden="true"
      onChange={(event) => {
        const all = [...(event.currentTarget.files ?? [])];
        event.currentTarget.value = "";
        if (all[0]) onChosen(all[0], all);
      }}
    />
  );
}
