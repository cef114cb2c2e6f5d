/**
 * The sound kept in step with the session: the server decides what plays.
 *
 * When the server is away the music that is already here goes on, a track that ended
 * waits, and both are taken up where they were with the first answer.
 */
import { computed, effect, signal } from "@preact/signals";
import type { Api } from "./api/client";
import type { Session, Track } from "./api/types";
import type { Asking } from "./asking";
import type { Line } from "./listeningLine";
import type { State } from "./listeningState";
import type { Place } from "./place";
import type { Sound, SoundOptions } from "./sound";
import { texts } from "./texts";
import { createTrail } from "./trail";
import type { Announcer } from "./ui/announcer";

/** One track left behind: how, at how many seconds, and which. */
interface Step {
  answer: "finished" | "skipped";
  position: number;
  playing: string;
}

export interface MusicParts {
  state: State;
  asking: Asking;
  line: Pick<Line, "heed" | "need">;
  api: Api;
  announcer: Announcer;
  createSound(options: SoundOptions): Sound;
  place: Place;
}

export type Music = ReturnType<typeof createMusic>;

const MOST_FAILURES = 3;
const AT_ITS_BEGINNING_S = 3;

export function createMusic({ state, asking, line, api, announcer, place, ...make }: MusicParts) {
  const { session, notice } = state;
  const { inOrder, heeding, lose } = asking;
  const { heed, need } = line;
  let wanted = false; // the listener wants to hear music
  let loaded: string | null = null; // the track in the audio element
  let over: Step[] = []; // tracks that are over, and the server does not know yet
  let left: string | null = null; // the track before `loaded`, until the server has left it too
  let resumeAt: number | null = null;
  let failures = 0;

  /** Fall silent when the track that plays is over. */
  const last = signal(false);
  const sound = make.createSound({
    onEnded: () => {
      if (last.value) wanted = last.value = false;
      void next("finished");
    },
    onTrouble: (position) => void whenSoundFails(position),
    onFollowed: () => void followed(),
  });
  effect(() => {
    if (sound.position.value > 1) failures = 0;
  });
  const trail = createTrail(session);
  const second = computed(() => Math.floor(sound.position.value));
  effect(() => {
    const at = second.value;
    if (loaded) place.keep(loaded, at);
  });

  const heard = (track: Track) => ({ play: wanted, loudness: track.loudness_db });

  // -- what the session says ---------------------------------------------------------

  /** Whether it was said before the server knew that a track is over. */
  const isPast = ({ playing }: Session) => left !== null && playing?.track.id === left;

  /** What plays now, unless it is in the audio element already. */
  function put(track: Track) {
    if (track.id === loaded) return;
    const first = loaded === null;
    loaded = track.id;
    resumeAt = null;
    left = null;
    sound.load(track.audio, { ...heard(track), at: first ? place.of(track.id) : 0 });
    if (!first || wanted) announcer.say(texts.player.nowPlaying(track.title, track.artist));
  }

  /** The server answers again: tell it what is over, and go on where the sound broke off. */
  async function takeUp() {
    const now = session.value?.playing?.track;
    const [steps, at] = [over, resumeAt];
    over = [];
    resumeAt = null;
    for (const step of steps) await heeding(() => goOn(step), waitWith(step));
    if (!steps.length && at !== null && now) sound.load(now.audio, { ...heard(now), at });
  }

  const waitWith = (step: Step) => () => {
    over.push(step);
  };

  // -- what the sound says -----------------------------------------------------------

  /** The next track of the queue began by itself, on the heels of this one. */
  function followed() {
    const before = session.value;
    const [following, ...queue] = before?.queue ?? [];
    if (!before?.playing || !following) return Promise.resolve();
    const { id, duration_s } = before.playing.track;
    const { title, artist } = following.track;
    const step: Step = { answer: "finished", position: duration_s, playing: id };
    left = id;
    loaded = following.track.id;
    session.value = { ...before, playing: following, queue, liked: false, fits: false };
    announcer.say(texts.player.nowPlaying(title, artist));
    return inOrder(() => goOn(step), waitWith(step));
  }

  async function whenSoundFails(position: number) {
    const failed = session.value?.playing?.track;
    if (!failed) return;
    try {
      await api.house();
    } catch {
      resumeAt = position;
      lose();
      return;
    }
    if (session.value?.playing?.track.id !== failed.id) return; // gone on meanwhile
    failures += 1;
    if (failures >= MOST_FAILURES) {
      wanted = false;
      const { givenUp, givenUpRemedy } = texts.player;
      notice.value = { text: givenUp, remedy: givenUpRemedy, tone: "trouble" };
      return;
    }
    notice.value = {
      text: texts.player.unplayable(failed.title),
      remedy: texts.player.goingOn,
      tone: "trouble",
    };
    await next("skipped");
  }

  // -- what the listener does --------------------------------------------------------

  function play() {
    wanted = true;
    if (!session.value?.playing) {
      void inOrder(async () => {
        const { id, playing } = await need();
        if (!playing) await heed(api.next(id, "skipped", 0, null));
      });
    } else if (failures >= MOST_FAILURES) {
      failures = 0;
      sound.load(session.value.playing.track.audio, heard(session.value.playing.track));
    } else if (!sound.playing.value) sound.play();
  }

  function pause() {
    wanted = false;
    sound.pause();
  }

  /** Put on the very track the listener picked. */
  function pick(uri: string) {
    wanted = true;
    if (session.value?.playing?.track.id === uri) {
      play();
      return Promise.resolve();
    }
    return inOrder(async () => {
      const { id } = await need();
      await heed(api.play(id, uri));
    });
  }

  /** Back to the track's beginning; from there, to the track before. */
  function back() {
    const before = sound.position.value > AT_ITS_BEGINNING_S ? null : trail.back();
    if (before) return pick(before);
    sound.seek(0);
    return Promise.resolve();
  }

  function next(answer: "finished" | "skipped" = "skipped") {
    const playing = session.value?.playing?.track.id;
    const position = sound.position.value;
    if (!playing) return Promise.resolve();
    if (answer === "skipped") wanted = true;
    const step: Step = { answer, position, playing };
    return inOrder(() => goOn(step), waitWith(step));
  }

  async function goOn({ answer, position, playing }: Step) {
    if (!session.value) return;
    const asked = api.next(session.value.id, answer, position, playing);
    const { playing: now } = await heed(
      asked.then((told) => {
        if (left === playing) left = null;
        return told;
      }),
    );
    if (now?.track.id === playing && loaded === playing && wanted) {
      sound.seek(0); // the only track there is
      sound.play();
    }
  }

  return {
    sound,
    last,
    wanted: () => wanted,
    /** Music is to be heard as soon as there is any. */
    want: () => {
      wanted = true;
    },
    isPast,
    put,
    takeUp,
    play,
    pause,
    pick,
    back,
    next: () => next("skipped"),
    /** The session is over: silence, and nothing in the audio element counts any more. */
    end: () => {
      loaded = null;
      sound.pause();
    },
    /** Whether the server has yet to hear that a track is over. */
    unheard: () => left !== null,
  };
}
