/**
 * The page's side of a listening session: what is known, and what the listener does.
 *
 * The server decides what plays; this keeps the audio element in step with it. Askings
 * go out one after another, in the order of the clicks. When the server is away the
 * music that is already here goes on, a track that ended waits, and both are taken up
 * where they were when the line is back.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Api, Away, Refusal } from "./api/client";
import type {
  Consent,
  Face,
  Goal,
  House,
  Point,
  ReadingEvent,
  Sensor,
  Session,
  Track,
} from "./api/types";
import type { Live, LiveOptions } from "./live";
import type { Sound, SoundOptions } from "./sound";
import { texts } from "./texts";
import type { Announcer } from "./ui/announcer";

export interface Notice {
  text: string;
  remedy?: string;
  tone: "calm" | "trouble";
}

export interface Parts {
  api: Api;
  announcer: Announcer;
  createSound(options: SoundOptions): Sound;
  openLive(url: string, options: LiveOptions): Live;
  knockEveryMs?: number;
}

export type Listening = ReturnType<typeof createListening>;

const MOST_FAILURES = 3;

export function createListening({ api, announcer, knockEveryMs = 2000, ...make }: Parts) {
  const house = signal<House | null>(null);
  const consents = signal<Consent[]>([]);
  const session = signal<Session | null>(null);
  const goal = signal<Goal>("match");
  const away = signal(false);
  const notice = signal<Notice | null>(null);
  /** Where the hand is on the map, until the server has taken it in. */
  const hand = signal<Point | null>(null);
  const starting = signal(false);

  let live: Live | null = null;
  let liveFor: string | null = null;
  let knock: ReturnType<typeof setTimeout> | undefined;
  let line: Promise<void> = Promise.resolve();
  let wanted = false; // the listener wants to hear music
  let loaded: string | null = null; // the track in the audio element
  let ended: { answer: "finished" | "skipped"; position: number; playing: string } | null = null;
  let resumeAt: number | null = null;
  let failures = 0;
  let readingHeard: (event: ReadingEvent) => void = () => {};

  const sound = make.createSound({
    onEnded: () => next("finished"),
    onTrouble: (position) => void whenSoundFails(position),
  });
  effect(() => {
    if (sound.position.value > 1) failures = 0;
  });

  // -- asking the server -------------------------------------------------------------

  /** Do one thing after those before it; a refusal becomes a notice. */
  function inOrder(work: () => Promise<void>, whenAway?: () => void): Promise<void> {
    const done = line.then(async () => {
      try {
        await work();
      } catch (error) {
        if (error instanceof Away) {
          whenAway?.();
          lose();
        } else if (error instanceof Refusal) {
          notice.value = { text: error.problem, remedy: error.remedy, tone: "trouble" };
        } else throw error;
      }
    });
    line = done.catch(() => {}); // what comes after it is asked all the same
    return done;
  }

  function lose() {
    away.value = true;
    if (live) return; // the live line knocks by itself
    clearTimeout(knock);
    knock = setTimeout(() => void open(), knockEveryMs);
  }

  /** First look at the house; again and again while nobody answers. */
  function open(): Promise<void> {
    return inOrder(async () => {
      [house.value, consents.value] = await Promise.all([api.house(), api.consents()]);
      away.value = false;
      try {
        accept(await api.current());
      } catch (error) {
        if (!(error instanceof Refusal && error.status === 404)) throw error;
      }
    });
  }

  /** The live line is open (again): take up what happened meanwhile. */
  function resume() {
    const wasAway = away.value;
    away.value = false;
    if (!wasAway) return;
    void inOrder(async () => {
      const known = session.value;
      if (!known) return;
      try {
        accept(await api.current());
      } catch (error) {
        if (!(error instanceof Refusal && error.status === 404)) throw error;
        session.value = null;
        accept(await api.start(goal.value, known.mood ?? undefined));
      }
      const waiting = ended;
      ended = null;
      if (waiting && session.value?.playing?.track.id === waiting.playing)
        accept(await api.next(session.value.id, waiting.answer, waiting.position, waiting.playing));
      else if (resumeAt !== null && session.value?.playing)
        sound.load(session.value.playing.track.audio, { play: wanted, at: resumeAt });
      resumeAt = null;
      announcer.say(texts.house.back);
    });
  }

  function accept(told: Session) {
    const known = session.value;
    if (known && known.id === told.id && told.revision < known.revision) return;
    session.value = told;
    goal.value = told.goal;
    follow(told.id);
    const playing = told.playing?.track;
    if (playing && playing.id !== loaded) put(playing);
  }

  function put(track: Track) {
    const first = loaded === null;
    loaded = track.id;
    resumeAt = null;
    sound.load(track.audio, { play: wanted });
    if (!first || wanted) announcer.say(texts.player.nowPlaying(track.title, track.artist));
  }

  function follow(id: string) {
    if (liveFor === id) return;
    live?.close();
    liveFor = id;
    live = make.openLive(`/api/live?session=${encodeURIComponent(id)}`, {
      onEvent(event) {
        if (event.type === "session") accept(event.session);
        else if (event.type === "reading") readingHeard(event);
      },
      onState(state) {
        if (state === "open") resume();
        else away.value = true;
      },
    });
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
      notice.value = {
        text: texts.player.givenUp,
        remedy: texts.player.givenUpRemedy,
        tone: "trouble",
      };
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

  /** The session, begun without a mood if there is none yet. */
  async function need(place?: Point): Promise<Session> {
    if (session.value) return session.value;
    starting.value = true;
    try {
      const begun = await api.start(goal.value, place);
      accept(begun);
      return begun;
    } finally {
      starting.value = false;
    }
  }

  function touch(place: Point) {
    hand.value = place;
    wanted = true;
    return inOrder(async () => {
      try {
        if (!session.value) {
          await need(place);
        } else {
          accept(await api.touch(session.value.id, place));
          play();
        }
      } finally {
        if (hand.value === place) hand.value = null;
      }
    });
  }

  function aim(wish: Goal) {
    goal.value = wish;
    announcer.say(texts.goals.said(wish));
    return inOrder(async () => {
      if (session.value) accept(await api.aim(session.value.id, wish));
    });
  }

  function play() {
    wanted = true;
    if (!session.value?.playing) {
      void inOrder(async () => {
        const { id, playing } = await need();
        if (!playing) accept(await api.next(id, "skipped", 0, null));
      });
    } else if (failures >= MOST_FAILURES) {
      failures = 0;
      sound.load(session.value.playing.track.audio, { play: true });
    } else if (!sound.playing.value) sound.play();
  }

  function pause() {
    wanted = false;
    sound.pause();
  }

  function next(answer: "finished" | "skipped" = "skipped") {
    const playing = session.value?.playing?.track.id;
    const position = sound.position.value;
    if (!playing) return Promise.resolve();
    if (answer === "skipped") wanted = true;
    return inOrder(
      async () => {
        if (!session.value) return;
        accept(await api.next(session.value.id, answer, position, playing));
        if (session.value.playing?.track.id === playing && wanted) {
          sound.seek(0); // the only track there is
          sound.play();
        }
      },
      () => {
        ended = { answer, position, playing };
      },
    );
  }

  function answer(given: "liked" | "unliked" | "not_now") {
    const playing = session.value?.playing?.track.id;
    const position = sound.position.value;
    if (!playing) return Promise.resolve();
    return inOrder(async () => {
      if (session.value) accept(await api.answer(session.value.id, given, playing, position));
    });
  }

  /** "Not how I feel." */
  function correct() {
    if (!session.value) return Promise.resolve();
    return inOrder(async () => {
      if (!session.value) return;
      accept(await api.correct(session.value.id));
      notice.value = { text: texts.reading.corrected, tone: "calm" };
    });
  }

  /** What a photo showed, folded into the mood. */
  function feel(face: Face) {
    wanted = true;
    return inOrder(async () => {
      const { id } = await need();
      accept(await api.feel(id, face));
      if (session.value?.playing) sound.play();
    });
  }

  /** Have a session and a line for the camera to speak on. */
  function prepare() {
    wanted = true;
    return inOrder(async () => {
      await need();
      if (session.value?.playing && !sound.playing.value) sound.play();
    });
  }

  function consent(sensor: Sensor, given: boolean) {
    const version = house.value?.sensing.consent[sensor]?.version ?? "";
    return inOrder(async () => {
      consents.value = await api.setConsent(sensor, version, given);
    });
  }

  return {
    house: house as ReadonlySignal<House | null>,
    session: session as ReadonlySignal<Session | null>,
    consents: consents as ReadonlySignal<Consent[]>,
    goal: goal as ReadonlySignal<Goal>,
    away: away as ReadonlySignal<boolean>,
    starting: starting as ReadonlySignal<boolean>,
    hand,
    notice,
    sound,
    api,
    open,
    touch,
    aim,
    play,
    pause,
    toggle: () => (sound.playing.value ? pause() : play()),
    next: () => next("skipped"),
    restart: () => sound.seek(0),
    like: () => answer(session.value?.liked ? "unliked" : "liked"),
    notNow: () => answer("not_now"),
    correct,
    feel,
    prepare,
    consent,
    agreed: (sensor: Sensor) => consents.value.some((one) => one.sensor === sensor && one.given),
    sendFrame: (frame: Blob) => live?.sendFrame(frame) ?? false,
    onReading: (hear: (event: ReadingEvent) => void) => {
      readingHeard = hear;
    },
    retry() {
      if (live) live.retry();
      else void open();
    },
    say: announcer.say,
    /** Resolves when everything asked so far is answered. */
    settled: () => line,
  };
}
