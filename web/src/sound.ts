/**
 * What sounds on this page, told as signals: one track, and the next on its heels.
 *
 * Two audio elements take turns. While one plays, the other fetches what `follow` names;
 * at the end it begins by itself, without a gap or by fading over, and `onFollowed` says so.
 * A next track that cannot be had in time is no trouble: the end comes as `onEnded`.
 *
 * A track that cannot be decoded and a server that went away both end as an "error"
 * event; `onTrouble` gets the position so that its owner can tell them apart and
 * either go on to the next track or take this one up again.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { evened } from "./soundLevel";
import { createMixer, type Mixer, type Side, SOFT_S } from "./soundMixer";

export interface Sound {
  readonly playing: ReadonlySignal<boolean>;
  readonly position: ReadonlySignal<number>;
  readonly duration: ReadonlySignal<number>;
  readonly waiting: ReadonlySignal<boolean>;
  /** The browser wants a click before it makes a sound. */
  readonly blocked: ReadonlySignal<boolean>;
  readonly volume: ReadonlySignal<number>;
  load(address: string, wish: Wish): void;
  /** What comes after this track; null: it ends. Asked again with other words, it changes. */
  follow(next: Following | null): void;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  setVolume(volume: number): void;
  /** Play all tracks as loud as each other, or each as it is. */
  even(on: boolean): void;
  /** Turn down to a share of the volume within some seconds, as somebody falls asleep. */
  dim(share: number, seconds: number): void;
}

export interface Wish {
  play: boolean;
  at?: number;
  /** As measured, in dB below full scale; null: by nobody. */
  loudness?: number | null;
}

export interface Following {
  address: string;
  loudness: number | null;
  /** Seconds both are heard; 0: one after the other, without a gap. */
  overlap: number;
}

export interface SoundOptions {
  onEnded(): void;
  onTrouble(position: number): void;
  /** What was to follow has begun. */
  onFollowed(address: string): void;
}

/** So long before it is needed the next track is fetched. */
const FETCH_S = 20;
/** A track that another one takes the place of is let go in so long. */
const LET_GO_S = 0.12;
/** And a side that has ended is emptied so long after. */
const LINGER_S = 0.1;
/** As long as a browser takes from `play()` to sound, until it was seen; and at most. */
const START_S = 0.05;
const SLOWEST_START_S = 0.4;
/** Two gains that add up to no more than the headroom takes. */
const BESIDE = Math.SQRT2 - 1;
/** `HTMLMediaElement.HAVE_FUTURE_DATA`: it could begin at once. */
const AT_HAND = 3;

type Elements = readonly [HTMLAudioElement, HTMLAudioElement];

export function createSound(
  elements: Elements,
  options: SoundOptions,
  mixer: Mixer = createMixer(elements),
): Sound {
  const playing = signal(false);
  const position = signal(0);
  const duration = signal(0);
  const waiting = signal(false);
  const blocked = signal(false);
  const volume = signal(1);

  let now: Side = 0; // the side that is heard, or rests
  let wanted = false;
  let following: Following | null = null;
  let held: string | null = null; // what the other side has fetched for `following`
  let spoilt = false; // and that it cannot be played
  let handing: object | null = null; // the other side was told to begin
  let due: ReturnType<typeof setTimeout> | undefined; // when it will be
  let leaving: ReturnType<typeof setTimeout> | undefined; // the other side fades away
  let pausing: ReturnType<typeof setTimeout> | undefined;
  let startS = START_S;
  let levels = true;
  const loudness: [number | null, number | null] = [null, null];

  const beside = (): Side => (now === 0 ? 1 : 0);
  const length = () => (Number.isFinite(elements[now].duration) ? elements[now].duration : 0);

  function turnTo(side: Side) {
    now = side;
    for (const i of [0, 1] as const) elements[i].toggleAttribute("data-now", i === now);
  }
  turnTo(0);

  function tell() {
    position.value = elements[now].currentTime;
    duration.value = length();
    lookAhead();
  }

  function trim(side: Side, measured: number | null = loudness[side]) {
    loudness[side] = measured;
    mixer.trim(side, levels ? evened(measured) : 1);
  }

  // -- the next track --------------------------------------------------------------------

  /** Fetch what follows when its time is near, and begin it to the moment. */
  function lookAhead() {
    clearTimeout(due);
    if (!following || handing || !playing.value || !length()) return;
    const left = length() - elements[now].currentTime;
    if (left > following.overlap + FETCH_S) return;
    fetchNext(following);
    const wait = left - (following.overlap || startS);
    if (wait < 1) due = setTimeout(() => void begin(), Math.max(0, 1000 * wait));
  }

  function fetchNext({ address, loudness: measured, overlap }: Following) {
    if (leaving !== undefined || held === address) return;
    held = address;
    spoilt = false;
    elements[beside()].src = address;
    trim(beside(), measured);
    mixer.fade(beside(), overlap ? 0 : BESIDE);
  }

  /** Begin what follows; `late`: what played is over already. */
  async function begin(late = false) {
    const next = following;
    const [from, to] = [now, beside()];
    if (!next || handing || held !== next.address || spoilt) {
      if (late) options.onEnded();
      return;
    }
    if (!late && elements[to].readyState < AT_HAND) return; // perhaps by the end
    const mine = {};
    handing = mine;
    const asked = performance.now();
    if (late) mixer.fade(to, 1);
    try {
      await elements[to].play();
    } catch {
      if (handing !== mine) return;
      handing = null;
      spoilt = true;
      if (elements[from].ended) options.onEnded();
      return;
    }
    if (handing !== mine) {
      if (to !== now) elements[to].pause(); // it was not to be
      return;
    }
    handing = null;
    const left = late ? 0 : Math.max(0, length() - elements[from].currentTime);
    turnTo(to);
    following = held = null;
    if (next.overlap && left > SOFT_S) mixer.cross(from, to, Math.min(next.overlap, left));
    else if (!late) {
      mixer.fade(to, 1, SOFT_S, left); // it rises to its height as the other one ends
      watchStart(to, asked);
    }
    letGo(from, left);
    playing.value = true;
    waiting.value = false;
    options.onFollowed(next.address);
    tell();
  }

  /** Learn from a beginning how long it took to be heard. */
  function watchStart(side: Side, asked: number) {
    const element = elements[side];
    const see = () => {
      if (side !== now || element.currentTime === 0) return;
      element.removeEventListener("timeupdate", see);
      const took = (performance.now() - asked) / 1000 - element.currentTime;
      if (took > 0 && took < SLOWEST_START_S) startS = (startS + took) / 2;
    };
    element.addEventListener("timeupdate", see);
  }

  /** The side is free for another track once it has ended, or fallen silent, in so long. */
  function letGo(side: Side, seconds: number) {
    clearTimeout(leaving);
    leaving = setTimeout(() => empty(side), 1000 * (seconds + LINGER_S));
  }

  function empty(side: Side) {
    clearTimeout(leaving);
    leaving = undefined;
    elements[side].pause();
    elements[side].removeAttribute("src");
    elements[side].load();
    if (side !== now) held = null;
  }

  /** Nothing is on its way from one side to the other any more. */
  function settle() {
    clearTimeout(due);
    handing = null;
    if (leaving === undefined) return;
    mixer.fade(beside(), 0);
    mixer.fade(now, 1);
    letGo(beside(), SOFT_S);
  }

  // -- the one that plays ------------------------------------------------------------------

  function start() {
    wanted = true;
    clearTimeout(pausing);
    mixer.fade(now, 1);
    const element = elements[now];
    if (!element.paused) playing.value = true; // it was about to pause
    const begun = element.play().catch((reason: unknown) => {
      // AbortError only says that another track was asked for in between.
      if (reason instanceof DOMException && reason.name === "NotAllowedError") blocked.value = true;
    });
    void Promise.all([mixer.wake(), begun]).then(([awake]) => {
      if (awake || !wanted) return;
      element.pause();
      blocked.value = true;
    });
  }

  for (const side of [0, 1] as const) {
    const element = elements[side];
    const on = (name: string, hear: () => void) =>
      element.addEventListener(name, () => {
        if (side === now) hear();
      });
    for (const event of ["timeupdate", "durationchange", "loadedmetadata"]) on(event, tell);
    on("seeked", () => {
      if (wanted) mixer.fade(now, 1);
      tell();
    });
    on("play", () => {
      playing.value = true;
      blocked.value = false;
    });
    on("pause", () => {
      playing.value = false;
    });
    on("waiting", () => {
      waiting.value = true;
    });
    on("playing", () => {
      waiting.value = false;
    });
    on("ended", () => {
      clearTimeout(due);
      if (!handing) void begin(true);
    });
    element.addEventListener("error", () => {
      if (side !== now) {
        spoilt = true;
        return;
      }
      playing.value = false;
      waiting.value = false;
      options.onTrouble(element.currentTime || position.value);
    });
  }

  return {
    playing,
    position,
    duration,
    waiting,
    blocked,
    volume,
    load(address, { play, at = 0, loudness: measured = null }) {
      settle();
      clearTimeout(pausing);
      if (leaving !== undefined) empty(beside());
      const [before, to] = [now, beside()];
      if (held !== address || spoilt) elements[to].src = address;
      if (at > 0) elements[to].currentTime = at;
      turnTo(to);
      following = held = null;
      trim(to, measured);
      if (elements[before].paused) empty(before);
      else {
        mixer.fade(before, 0, LET_GO_S);
        letGo(before, LET_GO_S);
      }
      position.value = at;
      duration.value = length();
      if (play) start();
      else playing.value = wanted = false;
    },
    follow(next) {
      following = next;
      if (next === null || (held !== null && held !== next.address)) {
        handing = null;
        if (held !== null) empty(beside());
      } else if (held !== null && !handing) {
        trim(beside(), next.loudness);
        mixer.fade(beside(), next.overlap ? 0 : BESIDE);
      }
      lookAhead();
    },
    play: start,
    pause() {
      wanted = false;
      settle();
      playing.value = false;
      mixer.fade(now, 0);
      clearTimeout(pausing);
      pausing = setTimeout(() => {
        elements[now].pause();
        mixer.rest();
      }, 2000 * SOFT_S);
    },
    seek(seconds) {
      settle();
      if (elements[now].readyState > 0 && wanted) mixer.fade(now, 0, SOFT_S / 2);
      elements[now].currentTime = seconds;
      position.value = seconds;
    },
    setVolume(wish) {
      volume.value = Math.min(1, Math.max(0, wish));
      mixer.volume(volume.value);
    },
    even(on) {
      levels = on;
      for (const side of [0, 1] as const) trim(side);
    },
    dim: mixer.dim,
  };
}
