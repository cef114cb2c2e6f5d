/** Tells the machine's own player keys and lock screen what plays, and how far it has come. */
import { computed, effect } from "@preact/signals";
import type { Listening } from "@/listening";

const STEP_S = 10;

export function tellMachine(
  listening: Pick<Listening, "session" | "sound" | "play" | "pause" | "next" | "back">,
  machine: MediaSession | undefined = navigator.mediaSession,
) {
  if (!machine) return;
  const { sound } = listening;
  const by = (seconds: number) =>
    sound.seek(Math.min(sound.duration.value, Math.max(0, sound.position.value + seconds)));
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => listening.play()],
    ["pause", () => listening.pause()],
    ["stop", () => listening.pause()],
    ["nexttrack", () => void listening.next()],
    ["previoustrack", () => void listening.back()],
    ["seekto", ({ seekTime }) => sound.seek(seekTime ?? 0)],
    ["seekforward", ({ seekOffset }) => by(seekOffset ?? STEP_S)],
    ["seekbackward", ({ seekOffset }) => by(-(seekOffset ?? STEP_S))],
  ];
  for (const [action, handle] of handlers) {
    try {
      machine.setActionHandler(action, handle);
    } catch {
      // this browser does not know that key
    }
  }
  const track = computed(() => listening.session.value?.playing?.track);
  const id = computed(() => track.value?.id);
  effect(() => {
    const shown = id.value === undefined ? undefined : track.peek();
    machine.metadata = shown
      ? new MediaMetadata({
          title: shown.title,
          artist: shown.artist,
          album: shown.album,
          artwork: [{ src: shown.cover }],
        })
      : null;
  });
  effect(() => {
    machine.playbackState = sound.playing.value ? "playing" : "paused";
  });
  const second = computed(() => Math.floor(sound.position.value));
  effect(() => {
    const duration = sound.duration.value;
    // Told no state, the lock screen shows no clock; a length of nothing it refuses.
    if (duration > 0)
      machine.setPositionState?.({
        duration,
        position: Math.min(duration, second.value),
        playbackRate: 1,
      });
    else machine.setPositionState?.();
  });
}
