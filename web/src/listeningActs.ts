/** What the listener does: say how they feel and where to, answer the music, agree to a sensor. */
import type { Api } from "./api/client";
import type {
  Answer,
  Choice,
  Face,
  Felt,
  Goal,
  Intent,
  Point,
  Sensor,
  Session,
  Track,
  Wish,
} from "./api/types";
import type { Asking } from "./asking";
import type { Line } from "./listeningLine";
import type { Music } from "./listeningMusic";
import { ownWord, type State } from "./listeningState";
import { texts } from "./texts";
import type { Announcer } from "./ui/announcer";

export interface ActsParts {
  state: State;
  asking: Asking;
  line: Line;
  music: Music;
  api: Api;
  announcer: Announcer;
}

export function createActs({ state, asking, line, music, api, announcer }: ActsParts) {
  const { house, consents, session, wish, notice, done, hand } = state;
  const { away, inOrder, told, quiet } = asking;
  const { heed, need } = line;
  const { sound } = music;
  let sensing = false; // a reading is on its way

  // -- how one feels, and where to ---------------------------------------------------

  function touch(place: Point) {
    hand.value = place;
    music.want();
    if (notice.value?.tone === "calm") notice.value = null; // it asked for this, or is past
    return inOrder(async () => {
      try {
        if (!session.value) {
          await need(place);
        } else {
          await heed(api.touch(session.value.id, place));
          music.play();
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
  const mean = (intent: Intent | null) => wishFor({ goal: wish.value.goal, intent, ...lifted() });

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
    music.want();
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
          music.play();
        }
      } finally {
        if (hand.value === from) hand.value = null;
      }
    });
  }

  // -- answers to the music ----------------------------------------------------------

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

  // -- what the senses read ----------------------------------------------------------

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
    music.want();
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
    music.want();
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
    touch,
    aim,
    mean,
    lift,
    glide,
    setOut,
    undo,
    queue,
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
  };
}
