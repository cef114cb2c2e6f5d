/** The door under the queue: take along what comes next. */
import { useState } from "preact/hooks";
import { later } from "@/ui/later";
import { words } from "./doorWords";
import "./door.css";

const PlaylistSheet = later(() => import("./PlaylistSheet").then((m) => m.PlaylistSheet));

export function SaveQueue() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button quiet playlist-door" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      {open && <PlaylistSheet onClose={() => setOpen(false)} />}
    </>
  );
}
