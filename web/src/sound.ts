/**
 * The one audio element of the page, told as signals.
 *
 * A track that cannot be decoded and a server that went away both end as an "error"
 * event; `onTrouble` gets the position so that its owner can tell them apart and
 * either go on to the next track or take this one up again.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Sound {
  readonly playing: ReadonlySignal<boolean>;
  readonly position: ReadonlySignal<number>;
  readonly duration: ReadonlySignal<number>;
  readonly waiting: ReadonlySignal<boolean>;
  /** The browser wants a click before it makes a sound. */
  readonly blocked: ReadonlySignal<boolean>;
  readonly volume: ReadonlySignal<number>;
  load(address: string, wish: { play: boolean; at?: number }): void;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  setVolume(volume: number): void;
}

export interface SoundOptions {
  onEnded(): void;
  onTrouble(position: number): void;
}

export function createSound(audio: HTMLAudioElement, options: SoundOptions): Sound {
  const playing = signal(false);
  const position = signal(0);
  const duration = signal(0);
  const waiting = signal(false);
  const blocked = signal(false);
  const volume = signal(audio.volume);

  const tell = () => {
    position.value = audio.currentTime;
    duration.value = Number.isFinite(audio.duration) ? audio.duration : 0;
  };
  for (const event of ["timeupdate", "durationchange", "loadedmetadata", "seeked"])
    audio.addEventListener(event, tell);
  audio.addEventListener("play", () => {
    playing.value = true;
    blocked.value = false;
  });
  audio.addEventListener("pause", () => {
    playing.value = false;
  });
  audio.addEventListener("waiting", () => {
    waiting.value = true;
  });
  audio.addEventListener("playing", () => {
    waiting.value = false;
  });
  audio.addEventListener("volumechange", () => {
    volume.value = audio.volume;
  });
  audio.addEventListener("ended", () => options.onEnded());
  audio.addEventListener("error", () => {
    playing.value = false;
    waiting.value = false;
    options.onTrouble(audio.currentTime || position.value);
  });

  function play() {
    audio.play()?.catch((reason: unknown) => {
      // AbortError only says that another track was asked for in between.
      if (reason instanceof DOMException && reason.name === "NotAllowedError") blocked.value = true;
    });
  }

  return {
    playing,
    position,
    duration,
    waiting,
    blocked,
    volume,
    load(address, { play: wanted, at = 0 }) {
      position.value = at;
      duration.value = 0;
      audio.src = address;
      if (at > 0) audio.currentTime = at;
      if (wanted) play();
    },
    play,
    pause: () => audio.pause(),
    seek(seconds) {
      audio.currentTime = seconds;
      position.value = seconds;
    },
    setVolume(wanted) {
      audio.volume = Math.min(1, Math.max(0, wanted));
    },
  };
}
