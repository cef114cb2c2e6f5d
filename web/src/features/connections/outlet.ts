/**
 * Where the music sounds: in this page, or in a player of which the page is the remote.
 *
 * `over` lays itself over the page's own sound and looks just like it. While a player
 * sounds the page is silent: what is to be loaded is only remembered, and what the listener
 * does goes to the player by way of the server. When the music comes back, it goes on here
 * in the same place.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { Refusal } from "@/api/client";
import type { ProvidersApi, Sounds, Steer } from "@/api/providers";
import type { Following, Sound, Wish } from "@/sound";

const TICK_MS = 250;

export interface OutletParts {
  api: ProvidersApi;
  /** What the player could not do, or why the music is back in the page. */
  onTrouble(trouble: { problem: string; remedy: string }): void;
  now?: () => number;
}

export type Outlet = ReturnType<typeof createOutlet>;

export function createOutlet({ api, onTrouble, now = () => performance.now() }: OutletParts) {
  const sounds = signal<Sounds | null>(null);
  const position = signal(0);
  const away = computed(() => Boolean(sounds.value?.outlet));
  let page: Sound | null = null;
  let told = 0; // when `sounds` was told
  let ticking: ReturnType<typeof setInterval> | undefined;
  let loaded: { address: string; wish: Wish } | null = null;
  let next: Following | null = null;

  /** Where the player is by now: it says so only when something changes. */
  function tick() {
    const { state, position_s = 0, duration_s } = sounds.value ?? {};
    const passed = state === "playing" ? (now() - told) / 1000 : 0;
    position.value = Math.min(position_s + passed, duration_s ?? Number.POSITIVE_INFINITY);
  }

  /** Take in what the server says of it. */
  function hear(news: Sounds) {
    const was = away.value;
    sounds.value = news;
    told = now();
    tick();
    clearInterval(ticking);
    if (news.outlet && news.state === "playing") ticking = setInterval(tick, TICK_MS);
    if (!was && news.outlet) page?.pause();
    if (was && !news.outlet) {
      if (loaded)
        page?.load(loaded.address, {
          ...loaded.wish,
          play: news.state === "playing",
          at: news.position_s,
        });
      page?.follow(next);
    }
    if (was && news.trouble && news.state !== "waiting") onTrouble(news.trouble);
  }

  /** In this page the next track began by itself: that is what would be taken up again. */
  function followed() {
    if (next) loaded = { address: next.address, wish: { play: true, loudness: next.loudness } };
  }

  async function look() {
    try {
      hear(await api.sounds());
    } catch {
      // the server is away, and that is said elsewhere
    }
  }

  /** Let it sound elsewhere from now on; rejects when that cannot be. */
  async function choose(outlet: string | null) {
    const playing = page?.playing.value ?? false;
    hear(await api.soundIn({ outlet, playing, position_s: page?.position.value ?? 0 }));
  }

  async function steer(wish: Steer) {
    try {
      hear(await api.steer(wish));
    } catch (cause) {
      if (cause instanceof Refusal) onTrouble(cause);
    }
  }

  function over(here: Sound): Sound {
    page = here;
    const either = <T>(there: ReadonlySignal<T>, of: ReadonlySignal<T>) =>
      computed(() => (away.value ? there.value : of.value));
    const of = <T>(read: (sounds: Sounds) => T, otherwise: T) =>
      computed(() => (sounds.value ? read(sounds.value) : otherwise));
    return {
      ...here,
      playing: either(
        of((one) => one.state === "playing", false),
        here.playing,
      ),
      position: either(position, here.position),
      duration: either(
        of((one) => one.duration_s ?? 0, 0),
        here.duration,
      ),
      waiting: either(
        of((one) => one.state === "waiting", false),
        here.waiting,
      ),
      blocked: either(signal(false), here.blocked),
      volume: either(
        of((one) => one.volume ?? 1, 1),
        here.volume,
      ),
      load(address, wish) {
        loaded = { address, wish };
        if (!away.value) here.load(address, wish);
        else if (wish.play && sounds.value?.state === "resting") void steer({ playing: true });
      },
      follow(following) {
        next = following;
        if (!away.value) here.follow(following);
      },
      play: () => (away.value ? void steer({ playing: true }) : here.play()),
      pause: () => (away.value ? void steer({ playing: false }) : here.pause()),
      seek: (seconds) => (away.value ? void steer({ position_s: seconds }) : here.seek(seconds)),
      setVolume: (wish) => (away.value ? void steer({ volume: wish }) : here.setVolume(wish)),
      dim: (share, seconds) => {
        if (!away.value) here.dim(share, seconds);
      },
    };
  }

  return {
    api,
    sounds: sounds as ReadonlySignal<Sounds | null>,
    /** Whether this very page makes the sound. */
    here: computed(() => !away.value && (page?.playing.value ?? false)),
    over,
    hear,
    followed,
    look,
    choose,
  };
}
