/** Where files come in: the browser's own choice of them, and the whole window. */
import type { Senses } from "@/features/sensing/senses";
import { texts } from "@/texts";
import { useDropping } from "./hearing";

export function Files({ senses }: { senses: Senses }) {
  const dropping = useDropping(senses.take);
  return (
    <>
      <input
        ref={senses.chooseWith}
        type="file"
        accept="image/*,video/*"
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) senses.chosen(file);
        }}
      />
      {dropping && <div class="dropping">{texts.sensing.drop}</div>}
    </>
  );
}
