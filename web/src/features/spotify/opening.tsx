/** The way to Spotify's sheet, and the sheet when it is open. It comes over any other. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Listening } from "@/listening";
import { later } from "@/ui/later";

const SpotifySheet = later(() => import("./SpotifySheet").then((m) => m.SpotifySheet));

const MARK = "#spotify"; // where the server sends one back to after the sign-in

const open = signal(false);

export function openSpotify() {
  open.value = true;
}

export function Spotify({ listening }: { listening: Pick<Listening, "pause"> }) {
  useEffect(() => {
    if (location.hash !== MARK) return;
    history.replaceState(null, "", location.pathname + location.search);
    openSpotify();
  }, []);
  if (!open.value) return null;
  return (
    <SpotifySheet
      onSound={listening.pause}
      onClose={() => {
        open.value = false;
      }}
    />
  );
}
