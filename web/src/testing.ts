/** Small true-to-shape values and fakes that the tests share. */
import { signal } from "@preact/signals";
import { type Api, Refusal } from "./api/client";
import type {
  Aim,
  Choice,
  Consent,
  Curve,
  Face,
  House,
  Learned,
  Model,
  ReadingEvent,
  Scan,
  Session,
  Track,
  Unread,
} from "./api/types";
import type { LinkState, Live, LiveOptions } from "./live";
import type { Following, Sound, SoundOptions } from "./sound";
import { texts } from "./texts";

export const track = (name: string, more: Partial<Track> = {}): Track => ({
  id: `demo:${name}`,
  title: name,
  artist: "Somebody",
  album: "",
  genre: "",
  year: null,
  duration_s: 60,
  provider: "demo",
  valence: 0.5,
  arousal: -0.4,
  valence_sd: 0.1,
  arousal_sd: 0.1,
  mood: "calm",
  tempo_bpm: 70,
  key: "C",
  energy: 0.3,
  vocal: null,
  loudness_db: null,
  popularity: null,
  told_from: ["sound"],
  cover: `/api/tracks/demo:${name}/cover`,
  audio: `/api/tracks/demo:${name}/audio`,
  ...more,
});

const few = (names: string[]) => ({
  edition: "e1",
  total: names.length,
  rows: names.map((_, i) => i),
  tracks: names.map((name) => track(name)),
});

export const scan = (more: Partial<Scan> = {}): Scan => ({
  state: "idle",
  folder: "/home/me/Music",
  files: 0,
  unchanged: 0,
  to_hear: 0,
  heard: 0,
  failed: 0,
  gone: 0,
  passed_over: {},
  title: "",
  left_s: null,
  problem: null,
  ...more,
});

/** A track's course over time, with a step in it that could not be heard. */
export const curve: Curve = {
  step_s: 6,
  times_s: [3, 9, 21],
  valence: [0.1, 0.2, -0.1],
  arousal: [-0.2, 0.3, 0.4],
  valence_sd: [0.2, 0.2, 0.2],
  arousal_sd: [0.1, 0.1, 0.1],
};

export const choice = (name: string): Choice => ({
  track: track(name),
  because: "Warm and gentle, close to how you feel.",
  target: { valence: 0.4, arousal: -0.4 },
  instead: "",
  terms: [],
  pinned: false,
});

export const aim = (more: Partial<Aim> = {}): Aim => ({
  goal: "match",
  place: null,
  intent: null,
  minutes: null,
  way: [],
  lifted: false,
  ...more,
});

export const session = (more: Partial<Session> = {}): Session => ({
  id: "s1",
  revision: 1,
  goal: "match",
  aim: aim(more.goal ? { goal: more.goal } : {}),
  mood: null,
  target: null,
  playing: null,
  queue: [],
  plan: [],
  achieved: [],
  liked: false,
  fits: false,
  can_undo: false,
  heard: null,
  senses_muted: false,
  behind: false,
  ...more,
});

/** A listener of whom a little is known. */
export const learned = (more: Partial<Learned> = {}): Learned => ({
  answers: 12,
  since: "2026-11-20T12:00:00Z",
  words: "From 12 answers: You like quiet music.",
  traits: [
    { name: "arousal", words: "You like quiet music.", amount: -0.2, low: -0.3, high: -0.1, n: 9 },
    { name: "tempo", words: "Not clear yet.", amount: 0.1, low: -0.1, high: 0.3, n: 9 },
  ],
  artists: [],
  response: { known: false, words: "No effect known yet.", n: 2, effects: [] },
  usual: null,
  leading: [{ name: "mild", words: "Meeting your mood for a moment.", chance: 0.6 }],
  liked: [{ uri: "demo:One", title: "One", artist: "Somebody" }],
  never: [{ of: "artist", name: "nobody", words: "Nobody" }],
  preferences: { statements: [], novelty: 0.5, explicit: true },
  imported: 0,
  ...more,
});

export const face = (more: Partial<Face> = {}): Face => ({
  box: [100, 80, 200, 200],
  probabilities: { happy: 0.9, neutral: 0.1 },
  expression: "happy",
  valence: 0.7,
  arousal: 0.4,
  covariance: [0.05, 0, 0.05],
  confidence: 0.6,
  ...more,
});

export const unread = (doubt: Unread["doubt"] = "dark"): Unread => ({
  box: [100, 80, 200, 200],
  doubt,
  words: texts.doubts[doubt],
});

/** What one look of the camera found: nobody, unless said otherwise. */
export const reading = (more: Partial<ReadingEvent> = {}): ReadingEvent => ({
  type: "reading",
  face: null,
  unread: [],
  others: 0,
  problem: null,
  ms: 9,
  ...more,
});

/** A model whose figures are nobody's. */
export const model = (more: Partial<Model> = {}): Model => ({
  name: "expression",
  version: "test",
  labels: ["happy", "sad"],
  data: "Photos of two people.",
  scores: [
    {
      on: "TestSet",
      n: 1234,
      accuracy: 0.712,
      ci95: [0.686, 0.737],
      macro_f1: 0.65,
      ece: 0.021,
      ferplus_accuracy: 0.829,
      ferplus_n: 1100,
      ferplus_ece: 0.018,
      found: { sad: 0.5, happy: 0.9 },
    },
    {
      on: "TestSet without twins",
      n: 1000,
      accuracy: 0.7,
      ci95: null,
      macro_f1: null,
      ece: null,
      ferplus_accuracy: null,
      ferplus_n: null,
      ferplus_ece: null,
      found: {},
    },
  ],
  groups: "",
  size_bytes: 2_650_000,
  cpu_ms: null,
  licence: "Apache-2.0",
  notes: "Reads an expression.",
  ...more,
});

export const house = (): House => ({
  version: "0.1.0",
  goals: ["match", "lift", "calm", "focus"],
  tracks: 28,
  demo: true,
  sensing: {
    where: ["device", "server"],
    model: null,
    models: [],
    consent: {
      camera: { version: "c1", text: ["The picture never leaves this browser."] },
      "camera-server": { version: "s1", text: ["Pictures go to this server's memory."] },
      photo: { version: "p1", text: ["The photo never leaves this browser."] },
      "photo-server": { version: "q1", text: ["The photo goes to this server's memory."] },
      "keep-readings": { version: "k1", text: ["What was read is kept on this machine."] },
    },
  },
});

/** A server of one listener and five tracks, in this page's memory. */
export function fakeServer(titles = ["One", "Two", "Three", "Four", "Five"]) {
  let current: Session | null = null;
  let at = 0;
  let moved = 0;
  let begun = 0;
  let agreed: Consent[] = [];
  const asked: string[] = [];
  const state = {
    gone: false,
    asked,
    /** Stopped and started: it knows the session as it was written, at a lower revision. */
    restart(playingNow?: string) {
      moved = 0;
      if (playingNow) at = titles.indexOf(playingNow);
      if (current)
        current = {
          ...current,
          revision: 0,
          playing: playingNow ? choice(playingNow) : current.playing,
        };
    },
    /** The session is gone, and the server with it knows nothing of one. */
    forget() {
      current = null;
    },
    /** How the listener's mood is known: from their own word, from their face. */
    believe(believed: Record<string, number>) {
      if (current?.mood) current = { ...current, mood: { ...current.mood, believed } };
    },
  };

  function change(more: Partial<Session>): Session {
    if (!current) throw new Refusal("There is no such session.", "Start one.", 404);
    moved += 1;
    current = { ...current, ...more, revision: moved };
    return current;
  }
  const playing = () => choice(titles[at % titles.length] as string);
  async function answer<T>(what: string, work: () => T): Promise<T> {
    asked.push(what);
    if (state.gone) {
      const { Away } = await import("./api/client");
      throw new Away("The server does not answer.");
    }
    return work();
  }
  const felt = (valence: number, arousal: number) => ({
    valence,
    arousal,
    covariance: [0.02, 0, 0.02] as [number, number, number],
    spread: 0.14,
    name: "calm",
    believed: { self: 1 },
    words: "",
  });

  const api: Api = {
    house: () => answer("house", house),
    consents: () => answer("consents", () => agreed),
    setConsent: (sensor, version, given) =>
      answer(`consent ${sensor} ${version} ${given}`, () => {
        const one: Consent = { sensor, version, given, at: "2026-11-21T12:00:00Z" };
        agreed = [...agreed.filter((other) => other.sensor !== sensor), one];
        return agreed;
      }),
    read: () =>
      answer("read", () => ({ faces: [face()], unread: [], others: 0, width: 640, height: 480 })),
    start: (wish, place) =>
      answer(place ? `start at ${place.valence} ${place.arousal}` : "start", () => {
        begun += 1;
        current = session({ goal: wish.goal, aim: aim(wish), id: `s${begun}` });
        return change(
          place ? { mood: felt(place.valence, place.arousal), playing: playing() } : {},
        );
      }),
    current: () => answer("current", () => current),
    aim: (_, wish) =>
      answer(`aim ${wish.goal}${wish.way ? ` over ${wish.way.length} points` : ""}`, () =>
        change({ goal: wish.goal, aim: aim(wish) }),
      ),
    undo: () => answer("undo", () => change({ can_undo: false })),
    touch: (_, place) =>
      answer("touch", () =>
        change({ mood: felt(place.valence, place.arousal), playing: playing() }),
      ),
    feel: (_, { valence, arousal, expression, confidence }) =>
      answer("feel", () =>
        change({
          mood: felt(valence, arousal),
          heard: { expression, confidence, source: "face", at: "2026-11-21T12:00:00Z" },
          playing: playing(),
        }),
      ),
    correct: () => answer("correct", () => change({ mood: null, heard: null, senses_muted: true })),
    next: (_, how, position, from) =>
      answer(`next ${how} ${position} ${from}`, () => {
        if (from === (current?.playing?.track.id ?? null)) at += 1;
        return change({ playing: playing(), liked: false });
      }),
    answer: (_, given, uri) =>
      answer(`${given} ${uri}`, () => {
        if (given === "not_now" || given === "never") at += 1;
        return change({ liked: given === "liked", can_undo: true, playing: playing() });
      }),
    pin: (_, uri, on) => answer(`pin ${uri} ${on}`, () => change({ can_undo: true })),
    remove: (_, uri) => answer(`remove ${uri}`, () => change({ can_undo: true })),
    move: (_, uri, to) => answer(`move ${uri} ${to}`, () => change({ can_undo: true })),
    learned: () => answer("learned", () => learned()),
    forget: () => answer("forget", () => undefined),
    prefer: (preferences) => answer("prefer", () => preferences),
    setNever: (of, name, never) => answer(`never ${of} ${name} ${never}`, () => undefined),
    importHistory: () =>
      answer("import", () => ({
        plays: 9,
        matched: 4,
        tracks: 2,
        artists: 1,
        bad: 0,
        bad_lines: [],
      })),
    play: (_, uri) =>
      answer(`play ${uri}`, () => change({ playing: choice(uri.replace("demo:", "")) })),
    near: ({ valence, arousal }, limit) =>
      answer(`near ${valence} ${arousal} ${limit}`, () => few(["Near", "Nearly"])),
    like: (id, limit) => answer(`like ${id} ${limit}`, () => few(["Alike"])),
    curve: (id) => answer(`curve ${id}`, () => curve),
    libraryMap: () =>
      answer("map", () => ({
        edition: "e1",
        total: 4,
        valence: [500, -500, 0, null],
        arousal: [500, -500, 100, null],
        valence_sd: [300, 300, 300, null],
        arousal_sd: [200, 200, 200, null],
      })),
    scan: () => answer("scan", () => scan()),
    startScan: () => answer("start scan", () => scan({ state: "looking" })),
    stopScan: () => answer("stop scan", () => scan({ state: "stopped" })),
    failed: (offset, limit) => answer(`failed ${offset} ${limit}`, () => ({ total: 0, files: [] })),
    tracks: (q, offset, limit) =>
      answer(`tracks ${q} ${offset} ${limit}`, () => ({
        edition: "e1",
        total: 10_000,
        rows: Array.from({ length: limit }, (_, i) => offset + i),
        tracks: Array.from({ length: limit }, (_, i) => track(`${q}${offset + i}`)),
      })),
  };
  return { api, state };
}

/** An audio element that plays nothing and remembers what it was told. */
export function fakeSound() {
  const playing = signal(false);
  const position = signal(0);
  let hears: SoundOptions = { onEnded() {}, onTrouble() {}, onFollowed() {} };
  let following: Following | null = null;
  const told: string[] = [];
  const sound: Sound = {
    playing,
    position,
    duration: signal(60),
    waiting: signal(false),
    blocked: signal(false),
    volume: signal(1),
    load(address, { play, at = 0 }) {
      told.push(`load ${address.split("/").at(-2)?.replace("demo:", "")}${at ? ` at ${at}` : ""}`);
      position.value = at;
      playing.value = play;
    },
    follow(next) {
      following = next;
    },
    play() {
      playing.value = true;
    },
    pause() {
      playing.value = false;
    },
    seek(seconds) {
      position.value = seconds;
    },
    setVolume() {},
    even: (on) => void told.push(`even ${on}`),
    dim: (share, seconds) => void told.push(`dim ${share} in ${seconds}`),
  };
  return {
    told,
    playing,
    position,
    sound,
    following: () => following,
    create: (options: SoundOptions) => {
      hears = options;
      return sound;
    },
    end() {
      playing.value = false;
      hears.onEnded();
    },
    /** What was to follow begins by itself. */
    handOver() {
      position.value = 0;
      hears.onFollowed(following?.address ?? "");
    },
    fail() {
      playing.value = false;
      hears.onTrouble(position.value);
    },
  };
}

/** A live line held in the test's hand. */
export function fakeLive() {
  let options: LiveOptions | null = null;
  const urls: string[] = [];
  return {
    urls,
    open(url: string, wanted: LiveOptions): Live {
      urls.push(url);
      options = wanted;
      return {
        sendFrame: () => true,
        retry() {},
        close() {
          if (options === wanted) options = null;
        },
      };
    },
    say: (event: Parameters<LiveOptions["onEvent"]>[0]) => options?.onEvent(event),
    turn: (state: LinkState) => options?.onState(state),
  };
}
