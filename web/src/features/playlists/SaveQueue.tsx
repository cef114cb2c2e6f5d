/** The door under the queue: take along what comes next. */
import { useState } from "preact/hooks";
import { Icon } from "@/ui/Icon";
import { later } from "@/ui/later";
import { words } from "./doorWords";

const PlaylistSheet = later(() => import("./PlaylistSheet").then((m) => m.PlaylistSheet));

export function SaveQueue() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button quiet" onClick={() => setOpen(true)}>
        <Icon name="note" size={18} />
        {words.open}
      </button>
      {open && <PlaylistSheet onClose={() => setOpen(false)} />}
    </>
  );
}
