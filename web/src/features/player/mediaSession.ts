/** Tells the machine's own player keys and lock screen what plays. */
import { effect } from "@preact/signals";
import type { Listening } from "@/listening";

export function tellMachine(listening: Listening, machine = navigator.mediaSession) {
  if (!machine) return;
  const { sound } = listening;
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => listening.play()],
    ["pause", () => listening.pause()],
    ["nexttrack", () => void listening.next()],
    ["previoustrack", () => listening.restart()],
    ["seekto", ({ seekTime }) => sound.seek(seekTime ?? 0)],
  ];
  for (const [action, handle] of handlers) {
    try {
      machine.setActionHandler(action, handle);
    } catch {
      // this browser does not know that key
    }
  }
  effect(() => {
    const track = listening.session.value?.playing?.track;
    machine.metadata = track
      ? new MediaMetadata({
          title: track.title,
          artist: track.artist,
          album: track.album,
          artwork: [{ src: track.cover }],
        })
      : null;
  });
  effect(() => {
    machine.playbackState = sound.playing.value ? "playing" : "paused";
  });
}
