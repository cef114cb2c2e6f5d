/**
 * The page's side of a listening session: what is known, and what the listener does.
 *
 * The server decides what plays; this keeps the audio element in step with it. Askings
 * go out one after another, in the order of the clicks. When the server is away the
 * music that is already here goes on, a track that ended waits, and both are taken up
 * where they were with the first answer. Without a session the page waits for one that
 * somebody else begins, and plays it.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "./api/client";
import type { Known } from "./api/known";
import type { Sounds } from "./api/providers";
import type {
  Answer,
  Choice,
  Consent,
  Face,
  Felt,
  Goal,
  House,
  Intent,
  Point,
  ReadingEvent,
  Sensor,
  Session,
  Track,
  Wish,
} from "./api/types";
import { createAsking } from "./asking";
import type { Live, LiveOptions } from "./live";
import { NOWHERE, type Place } from "./place";
import type { Sound, SoundOptions } from "./sound";
import { texts } from "./texts";
import { createTrail } from "./trail";
import type { Announcer } from "./ui/announcer";

export interface Notice {
  text: string;
  remedy?: string;
  tone: "calm" | "trouble";
}

/** What the listener did last, and whether it can be taken back. */
export interface Done {
  text: string;
  undo: boolean;
}

/** One track left behind: how, at how many seconds, and which. */
interface Step {
  answer: "finished" | "skipped";
  position: number;
  playing: string;
}

export interface Parts {
  api: Api;
  announcer: Announcer;
  createSound(options: SoundOptions): Sound;
  openLive(url: string, options: LiveOptions): Live;
  place?: Place;
  /** What the server said before, for when it is away. */
  known?: Known | null;
  knockEveryMs?: number;
  network?: Pick<Window, "addEventListener">;
  /** How long a notice stays that reports no trouble and asks for nothing. */
  calmForMs?: number;
}

export type Listening = ReturnType<typeof createListening>;

const MOST_FAILURES = 3;
const NONE = -1;
const AT_ITS_BEGINNING_S = 3;

export function createListening({
  api,
  announcer,
  place: placeKept = NOWHERE,
  known = null,
  knockEveryMs = 2000,
  network,
  calmForMs = 8000,
  ...make
}: Parts) {
  const house = signal<House | null>(known?.house ?? null);
  const consents = signal<Consent[]>(known?.consents ?? []);
  const session = signal<Session | null>(null);
  const wish = signal<Wish>({ goal: "match" });
  const notice = signal<Notice | null>(null);
  /** The last act, for a short while. */
  const done = signal<Done | null>(null);
  /** Where the hand is on the map, until the server has taken it in. */
  const hand = signal<Point | null>(null);
  const starting = signal(false);

  let live: Live | null = null;
  let liveFor: string | null = null; // the session the line is about; null: it waits for one
  let newest = NONE; // the revision of the session that is known
  let missed = false; // the line was down, so something may have been said to nobody
  let looking: Promise<void> | null = null;
  let wanted = false; // the listener wants to hear music
  let loaded: string | null = null; // the track in the audio element
  let over: Step[] = []; // tracks that are over, and the server does not know yet
  let left: string | null = null; // the track before `loaded`, until the server has left it too
  let resumeAt: number | null = null;
  let failures = 0;
  let sensing = false; // a reading is on its way
  let readingHeard: (event: ReadingEvent) => void = () => {};
  let soundsHeard: (sounds: Sounds) => void = () => {};

  const { away, inOrder, heeding, told, lose, quiet, settled } = createAsking({
    refused: ({ problem, remedy }) => {
      notice.value = { text: problem, remedy, tone: "trouble" };
    },
    answered: takeUp,
    knock: () => void look(),
    knockEveryMs,
    ...(network && { network }),
  });

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
    if (loaded) placeKept.keep(loaded, at);
  });
  effect(() => {
    const said = notice.value;
    if (said?.tone !== "calm" || said.remedy) return;
    const over = setTimeout(() => {
      notice.value = null;
    }, calmForMs);
    return () => clearTimeout(over);
  });

  effect(() => {
    if (!done.value) return;
    const over = setTimeout(() => {
      done.value = null;
    }, calmForMs);
    return () => clearTimeout(over);
  });

  // -- asking the server -------------------------------------------------------------

  /** Take the session a request was answered with. */
  async function heed(asking: Promise<Session>): Promise<Session> {
    const answer = await told(asking);
    if (!accept(answer)) {
      // Older than what is known: either news overtook it, or the server began anew.
      newest = NONE;
      const running = await told(api.current());
      if (running) accept(running);
    }
    return answer;
  }

  /** Somebody answers: what waited for that is done now. */
  async function takeUp(wasAway: boolean) {
    if (wasAway) {
      announcer.say(texts.house.back);
      live?.retry();
    }
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

  /** Look at the house and its session, whatever was known before. */
  function look(): Promise<void> {
    looking ??= inOrder(catchUp).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function catchUp() {
    newest = NONE; // a server that began anew may count from lower
    [house.value, consents.value] = await told(Promise.all([api.house(), api.consents()]));
    const before = session.value;
    const running = await told(api.current());
    if (running) accept(running);
    else if (before) await beginAgain(before);
    else follow(null);
  }

  /** The server has forgotten the session: begin one like it, and go on if music was on. */
  async function beginAgain(before: Session) {
    const { id, playing } = await heed(api.start(wish.value, ownWord(before) ?? undefined));
    if (wanted && !playing) await heed(api.next(id, "skipped", 0, null));
  }

  /** Take in what the server says; false when it is older than what is known. */
  function accept(news: Session): boolean {
    if (session.value?.id === news.id && news.revision < newest) return false;
    if (live && news.playing && !session.value?.playing) wanted = true; // it was waited for
    newest = news.revision;
    // Until the server knows that a track is over, what it says of the queue is past.
    const behind = left !== null && news.playing?.track.id === left;
    session.value = behind ? { ...news, ...ahead(session.value) } : news;
    wish.value = news.aim;
    follow(news.id);
    const playing = news.playing?.track;
    if (playing && playing.id !== loaded && !behind) put(playing);
    return true;
  }

  function put(track: Track) {
    const first = loaded === null;
    loaded = track.id;
    resumeAt = null;
    left = null;
    sound.load(track.audio, { ...heard(track), at: first ? placeKept.of(track.id) : 0 });
    if (!first || wanted) announcer.say(texts.player.nowPlaying(track.title, track.artist));
  }

  const heard = (track: Track) => ({ play: wanted, loudness: track.loudness_db });

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

  /** Keep a line to this session, or one that waits until there is any. */
  function follow(id: string | null) {
    if (live && liveFor === id) return;
    live?.close();
    liveFor = id;
    missed = false;
    const address = id === null ? "" : `?session=${encodeURIComponent(id)}`;
    live = make.openLive(`/api/live${address}`, {
      onEvent(event) {
        if (event.type === "session") accept(event.session);
        else if (event.type === "reading") readingHeard(event);
        else if (event.type === "sounds") soundsHeard(event.sounds);
      },
      onState(state) {
        if (state === "open") {
          if (missed) void look();
          missed = false;
        } else if (state === "away") {
          away.value = true;
          missed = true;
          newest = NONE; // the first word on the next line counts, whatever its number
        } else {
          live = null;
          if (state === "over") leave();
          else lose();
        }
      },
    });
  }

  /** The session was ended elsewhere; perhaps another took its place. */
  function leave() {
    session.value = null;
    void look().then(() => {
      if (session.value) return;
      loaded = null;
      sound.pause();
      notice.value = { text: texts.house.ended, remedy: texts.house.endedRemedy, tone: "calm" };
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
      return await heed(api.start(wish.value, place));
    } finally {
      starting.value = false;
    }
  }

  function touch(place: Point) {
    hand.value = place;
    wanted = true;
    if (notice.value?.tone === "calm") notice.value = null; // it asked for this, or is past
    return inOrder(async () => {
      try {
        if (!session.value) {
          await need(place);
        } else {
          await heed(api.touch(session.value.id, place));
          play();
        }
      } finally {
        if (hand.value === place) hand.value = null;
      }
    });
  }

  /** Lead toward a goal, by no way in particular: a journey or an intent ends with it. */
  function aim(goal: Goal) {
    announcer.say(texts.goals.said(goal));
    return wishFor({ goal, ...lifted() });
  }

  /** Whoever lifted the cap on dark and agitated music has lifted it for every aim. */
  const lifted = () => (wish.value.lifted ? { lifted: true } : {});

  /** Lift the cap on long runs of dark and agitated music, or set it again. */
  const lift = (on: boolean) => wishFor({ ...wish.value, lifted: on });

  /** Grow slower and softer, to be asleep in so many minutes. */
  const glide = (minutes: number) => wishFor({ goal: "sleep", minutes, ...lifted() });

  /** What the music is for, or null for nothing in particular; the goal stays. */
  function mean(intent: Intent | null) {
    return wishFor({ goal: wish.value.goal, intent, ...lifted() });
  }

  function wishFor(wanted: Wish) {
    wish.value = wanted;
    return inOrder(async () => {
      if (session.value) await heed(api.aim(session.value.id, wanted));
    });
  }

  /** Set out on a way that was drawn; where it begins is where the listener says they are. */
  function setOut(way: readonly Point[], minutes: number) {
    const from = way[0];
    if (from && !ownWord(session.value)) hand.value = from;
    wanted = true;
    const { goal } = wish.value;
    const there = { goal, way: [...way], minutes, ...lifted() };
    wish.value = there;
    announcer.say(texts.journey.begun(minutes));
    return inOrder(async () => {
      try {
        wish.value = there; // what was answered meanwhile knew nothing of it
        if (!session.value) await need(from);
        else {
          if (hand.value && from) await heed(api.touch(session.value.id, from));
          await heed(api.aim(session.value.id, there));
          play();
        }
      } finally {
        if (hand.value === from) hand.value = null;
      }
    });
  }

  /** Take the last act back, as if it had never been. */
  function undo() {
    return inOrder(async () => {
      if (!session.value?.can_undo) {
        done.value = { text: texts.nothingToUndo, undo: false };
        return;
      }
      await heed(api.undo(session.value.id));
      done.value = { text: texts.undone, undo: false };
    });
  }

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

  function pause() {
    wanted = false;
    sound.pause();
  }

  /** Another open page plays what this one played. */
  function yieldTo() {
    pause();
    notice.value = { text: texts.player.elsewhere, tone: "calm" };
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

  /** Say something of a track: of the one that plays, unless another is named. */
  function answer(given: Answer, named?: Track, of: "track" | "artist" = "track") {
    const playing = session.value?.playing?.track;
    const meant = named ?? playing;
    if (!meant) return Promise.resolve();
    const position = meant.id === playing?.id ? sound.position.value : 0;
    return act(
      (id) => api.answer(id, given, meant.id, position, of),
      of === "artist" ? texts.acts.neverArtist(meant.artist) : texts.acts[given](meant.title),
    );
  }

  /** Do one thing that can be taken back, and say so. */
  function act(asked: (id: string) => Promise<Session>, text: string) {
    return inOrder(async () => {
      if (!session.value) return;
      const { can_undo } = await heed(asked(session.value.id));
      if (can_undo) done.value = { text, undo: true };
    });
  }

  const { acts } = texts;
  const queue = {
    pin: ({ track, pinned }: Choice) =>
      act(
        (id) => api.pin(id, track.id, !pinned),
        pinned ? acts.unpinned(track.title) : acts.pinned(track.title),
      ),
    remove: ({ track }: Choice) => act((id) => api.remove(id, track.id), acts.removed(track.title)),
    move: ({ track }: Choice, to: number) =>
      act((id) => api.move(id, track.id, to), acts.moved(track.title, to + 1)),
  };

  /** "Not how I feel"; `shown`: of a face whose reading may not have reached the server yet. */
  function correct(shown = false) {
    const { heard = null, senses_muted = false, mood = null } = session.value ?? {};
    if (!shown && !heard && !senses_muted && !mood?.believed.face) {
      notice.value = { text: texts.reading.nothingRead, tone: "calm" };
      return Promise.resolve();
    }
    return inOrder(async () => {
      if (!session.value) return;
      await heed(api.correct(session.value.id));
      notice.value = { text: texts.reading.corrected, tone: "calm" };
    });
  }

  /** What a photo showed, folded into the mood. */
  function feel(face: Face) {
    wanted = true;
    return inOrder(async () => {
      const { id } = await need();
      await heed(api.feel(id, face));
      if (session.value?.senses_muted) announcer.say(texts.reading.muted);
      if (session.value?.playing) sound.play();
    });
  }

  /** What this device read off the camera, folded in; while nobody can be asked it is dropped. */
  function sense(felt: Felt) {
    if (away.value || quiet() || sensing) return;
    sensing = true;
    void inOrder(async () => {
      if (session.value) await heed(api.feel(session.value.id, felt));
    }).finally(() => {
      sensing = false;
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

  /** Give or take back a consent; false when the server has not taken it in. */
  async function consent(sensor: Sensor, given: boolean): Promise<boolean> {
    const version = house.value?.sensing.consent[sensor]?.version ?? "";
    let taken = false;
    await inOrder(async () => {
      consents.value = await told(api.setConsent(sensor, version, given));
      taken = true;
    });
    return taken;
  }

  return {
    house: house as ReadonlySignal<House | null>,
    session: session as ReadonlySignal<Session | null>,
    consents: consents as ReadonlySignal<Consent[]>,
    wish: wish as ReadonlySignal<Wish>,
    away: away as ReadonlySignal<boolean>,
    starting: starting as ReadonlySignal<boolean>,
    hand,
    notice,
    done: done as ReadonlySignal<Done | null>,
    sound,
    api,
    open: look,
    touch,
    aim,
    mean,
    lift,
    setOut,
    undo,
    queue,
    play,
    pick,
    pause,
    yieldTo,
    toggle: () => (sound.playing.value ? pause() : play()),
    next: () => next("skipped"),
    back,
    last,
    /** Whether the server has yet to hear that a track is over. */
    unheard: () => left !== null,
    glide,
    like: () => answer(session.value?.liked ? "unliked" : "liked"),
    notNow: () => answer("not_now"),
    fits: () => answer("fits"),
    never: (of: "track" | "artist", named?: Track) => answer("never", named, of),
    /** Take back a like of any track, also one that does not play. */
    unlike: (uri: string) =>
      inOrder(async () => {
        const { id } = await need();
        await heed(api.answer(id, "unliked", uri, 0));
      }),
    correct,
    feel,
    sense,
    prepare,
    consent,
    agreed: (sensor: Sensor) => consents.value.some((one) => one.sensor === sensor && one.given),
    sendFrame: (frame: Blob) => live?.sendFrame(frame) ?? false,
    onSounds: (hear: (sounds: Sounds) => void) => {
      soundsHeard = hear;
    },
    onReading: (hear: (event: ReadingEvent) => void) => {
      readingHeard = hear;
    },
    retry() {
      live?.retry();
      void look();
    },
    say: announcer.say,
    /** Resolves when everything asked so far is answered. */
    settled,
  };
}

/** What plays and comes next. */
function ahead(session: Session | null): Partial<Session> {
  return session ? { playing: session.playing, queue: session.queue } : {};
}

/** Where the listener said they are; what was only read off a face is not their word. */
export function ownWord(session: Session | null): Point | null {
  const mood = session?.mood;
  if (!mood || (mood.believed.self ?? 0) <= 0.5) return null;
  return { valence: mood.valence, arousal: mood.arousal };
}
