/**
 * The page's side of a listening session: what is known, and what the listener does.
 *
 * The server decides what plays; this keeps the audio element in step with it. Askings
 * go out one after another, in the order of the clicks. Its parts: what is known
 * (listeningState.ts), the session as it is told (listeningLine.ts), the sound
 * (listeningMusic.ts) and what the listener does (listeningActs.ts).
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Api } from "./api/client";
import type { Known } from "./api/known";
import type { Consent, House, Session, Wish } from "./api/types";
import { createAsking } from "./asking";
import { createActs } from "./listeningActs";
import { createLine, type Line } from "./listeningLine";
import { createMusic, type Music } from "./listeningMusic";
import { createState, type Done } from "./listeningState";
import type { Live, LiveOptions } from "./live";
import { NOWHERE, type Place } from "./place";
import type { Sound, SoundOptions } from "./sound";
import { texts } from "./texts";
import type { Announcer } from "./ui/announcer";

export { type Done, type Notice, ownWord } from "./listeningState";

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

export function createListening({
  api,
  announcer,
  createSound,
  openLive,
  place = NOWHERE,
  known = null,
  knockEveryMs = 2000,
  network,
  calmForMs = 8000,
}: Parts) {
  const state = createState(known, calmForMs);
  const { house, session, consents, wish, notice, done, hand, starting } = state;
  // What is asked, told and heard leads from each of these to the others.
  const asking = createAsking({
    refused: ({ problem, remedy }) => {
      notice.value = { text: problem, remedy, tone: "trouble" };
    },
    async answered(wasAway) {
      if (wasAway) {
        announcer.say(texts.house.back);
        line.knock();
      }
      await music.takeUp();
    },
    knock: () => void line.look(),
    knockEveryMs,
    ...(network && { network }),
  });
  const music: Music = createMusic({
    state,
    asking,
    line: { heed: (asked) => line.heed(asked), need: (from) => line.need(from) },
    api,
    announcer,
    createSound,
    place,
  });
  const line: Line = createLine({ state, asking, music, api, openLive });
  const { sound } = music;

  return {
    house: house as ReadonlySignal<House | null>,
    session: session as ReadonlySignal<Session | null>,
    consents: consents as ReadonlySignal<Consent[]>,
    wish: wish as ReadonlySignal<Wish>,
    away: asking.away as ReadonlySignal<boolean>,
    starting: starting as ReadonlySignal<boolean>,
    done: done as ReadonlySignal<Done | null>,
    hand,
    notice,
    sound,
    api,
    open: line.look,
    play: music.play,
    pause: music.pause,
    pick: music.pick,
    back: music.back,
    next: music.next,
    last: music.last,
    unheard: music.unheard,
    toggle: () => (sound.playing.value ? music.pause() : music.play()),
    /** Another open page plays what this one played. */
    yieldTo() {
      music.pause();
      notice.value = { text: texts.player.elsewhere, tone: "calm" };
    },
    ...createActs({ state, asking, line, music, api, announcer }),
    sendFrame: line.sendFrame,
    onSounds: line.onSounds,
    onReading: line.onReading,
    retry() {
      line.knock();
      void line.look();
    },
    say: announcer.say,
    /** Resolves when everything asked so far is answered. */
    settled: asking.settled,
  };
}
