/**
 * How this page plays: what follows a track and how, how loud, and when it falls silent.
 *
 * The listener's choices are kept in this browser; where it keeps nothing they last as
 * long as the page.
 */
import { effect, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import type { Track } from "@/api/types";
import type { Listening } from "@/listening";
import { overlapS } from "@/soundLevel";
import { createSleepTimer, type SleepTimer } from "./sleepTimer";

export interface Player {
  /** Fade one track over into the next; otherwise they follow without a gap. */
  readonly blend: Signal<boolean>;
  /** Play all tracks as loud as each other. */
  readonly even: Signal<boolean>;
  readonly sleep: SleepTimer;
  /** Lead to sleep in so many minutes, by the music's own course. */
  glide(minutes: number): void;
  /** To the track's beginning, or to the track before. */
  back(): void;
}

/** What the bar at the bottom and its sheet play with; null: nothing but the track. */
export const PlayerContext = createContext<Player | null>(null);

/** Whose sounds are ours to overlap; the terms of others forbid it. */
const OWN = new Set(["demo", "local", "subsonic"]);
const KEPT_AS = "affetto-player";

interface Choices {
  volume: number;
  blend: boolean;
  even: boolean;
}

type Kept = Pick<Storage, "getItem" | "setItem">;

export interface PlayerParts {
  listening: Listening;
  /** Music has ended for the night. */
  onSilence(): void;
  storage?: () => Kept;
}

export function createPlayer({
  listening,
  onSilence,
  storage = () => localStorage,
}: PlayerParts): Player {
  const { session, sound, last } = listening;
  const chosen = read(storage);
  const blend = signal(chosen.blend);
  const even = signal(chosen.even);
  sound.setVolume(chosen.volume);
  effect(() => sound.even(even.value));
  effect(() => {
    const choices = { volume: sound.volume.value, blend: blend.value, even: even.value };
    try {
      storage().setItem(KEPT_AS, JSON.stringify(choices));
    } catch {
      // storage is closed to us
    }
  });
  effect(() => {
    const from = session.value?.playing?.track;
    const to = session.value?.queue[0]?.track;
    const alone = !from || !to || to.id === from.id || last.value || listening.unheard();
    if (alone) sound.follow(null);
    else
      sound.follow({
        address: to.audio,
        loudness: to.loudness_db,
        overlap: blend.value && own(from) && own(to) ? overlapS(from, to) : 0,
      });
  });
  return {
    blend,
    even,
    sleep: createSleepTimer({ listening, onOver: onSilence }),
    glide: (minutes) => void listening.glide(minutes),
    back: () => void listening.back(),
  };
}

const own = ({ provider }: Track) => OWN.has(provider);

function read(storage: () => Kept): Choices {
  const plain: Choices = { volume: 1, blend: true, even: true };
  try {
    const found: Partial<Choices> = JSON.parse(storage().getItem(KEPT_AS) ?? "{}");
    return {
      volume: typeof found.volume === "number" ? found.volume : plain.volume,
      blend: found.blend ?? plain.blend,
      even: found.even ?? plain.even,
    };
  } catch {
    return plain;
  }
}
