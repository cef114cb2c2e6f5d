/** The first steps on a first visit: beside the map, where the queue is still empty. */
import { useEffect, useState } from "preact/hooks";
import { keptChoice } from "@/ui/kept";
import { words } from "./guideWords";
import { Steps } from "./Steps";

export interface GuideProps {
  /** Something plays already: nobody needs to be told how to begin. */
  playing: boolean;
  onPlay(): void;
}

/** Shown until it is done with or music begins, and never on a second visit. */
export function Guide({ playing, onPlay }: GuideProps) {
  const [seen] = useState(() => keptChoice("affetto-guide", ["new", "seen"]));
  const [open, setOpen] = useState(seen.value.value === "new");
  useEffect(() => {
    if (playing) setOpen(false);
    if (open) seen.choose("seen");
  }, [playing, open, seen]);
  if (!open || playing) return null;
  const close = () => setOpen(false);
  return (
    <section class="guide" aria-label={words.title}>
      <Steps
        onPlay={() => {
          close();
          onPlay();
        }}
        onDone={close}
      />
    </section>
  );
}
