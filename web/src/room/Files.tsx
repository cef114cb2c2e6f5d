/** Where files come in: the browser's own choice of them, and the whole window. */
import type { Senses } from "@/features/sensing/senses";
import { texts } from "@/texts";
import { Chooser } from "@/ui/Chooser";
import { useDropping } from "./hearing";

export function Files({ senses }: { senses: Senses }) {
  const dropping = useDropping(senses.take);
  return (
    <>
      <Chooser
        by={senses.chooseWith}
        accept="image/*,video/*"
        onChosen={(file) => senses.chosen(file)}
      />
      {dropping && <div class="dropping">{texts.sensing.drop}</div>}
    </>
  );
}
