/**
 * The session as the server tells it: looked at, answered with, or heard on the line.
 *
 * Without a session the page waits for one that somebody else begins, and plays it. News
 * that is older than what is known changes nothing.
 */
import type { Api } from "./api/client";
import type { Sounds } from "./api/providers";
import type { Point, ReadingEvent, Session } from "./api/types";
import type { Asking } from "./asking";
import type { Music } from "./listeningMusic";
import { ownWord, type State } from "./listeningState";
import type { Live, LiveOptions } from "./live";
import { texts } from "./texts";

export interface LineParts {
  state: State;
  asking: Asking;
  music: Music;
  api: Api;
  openLive(url: string, options: LiveOptions): Live;
}

export type Line = ReturnType<typeof createLine>;

const NONE = -1;

export function createLine({ state, asking, music, api, openLive }: LineParts) {
  const { house, consents, session, wish, notice, starting } = state;
  const { away, inOrder, told, lose } = asking;
  let live: Live | null = null;
  let liveFor: string | null = null; // the session the line is about; null: it waits for one
  let newest = NONE; // the revision of the session that is known
  let missed = false; // the line was down, so something may have been said to nobody
  let looking: Promise<void> | null = null;
  let readingHeard: (event: ReadingEvent) => void = () => {};
  let soundsHeard: (sounds: Sounds) => void = () => {};

  /** Take the session a request was answered with. */
  async function heed(asked: Promise<Session>): Promise<Session> {
    const answer = await told(asked);
    if (!accept(answer)) {
      // Older than what is known: either news overtook it, or the server began anew.
      newest = NONE;
      const running = await told(api.current());
      if (running) accept(running);
    }
    return answer;
  }

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

  /** Look at the house and its session, whatever was known before. */
  function look(): Promise<void> {
    looking ??= inOrder(catchUp).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function catchUp() {
    newest = NONE; // a server that began anew may count from lower
    const [itself, agreed, running] = await told(
      Promise.all([api.house(), api.consents(), api.current()]),
    );
    house.value = itself;
    consents.value = agreed;
    const before = session.value;
    if (running) accept(running);
    else if (before) await beginAgain(before);
    else follow(null);
  }

  /** The server has forgotten the session: begin one like it, and go on if music was on. */
  async function beginAgain(before: Session) {
    const { id, playing } = await heed(api.start(wish.value, ownWord(before) ?? undefined));
    if (music.wanted() && !playing) await heed(api.next(id, "skipped", 0, null));
  }

  /** Take in what the server says; false when it is older than what is known. */
  function accept(news: Session): boolean {
    if (session.value?.id === news.id && news.revision < newest) return false;
    if (live && news.playing && !session.value?.playing) music.want(); // it was waited for
    newest = news.revision;
    // Until the server knows that a track is over, what it says of the queue is past.
    const behind = music.isPast(news);
    session.value = behind ? { ...news, ...ahead(session.value) } : news;
    wish.value = news.aim;
    follow(news.id);
    if (news.playing && !behind) music.put(news.playing.track);
    return true;
  }

  /** Keep a line to this session, or one that waits until there is any. */
  function follow(id: string | null) {
    if (live && liveFor === id) return;
    live?.close();
    liveFor = id;
    missed = false;
    const address = id === null ? "" : `?session=${encodeURIComponent(id)}`;
    live = openLive(`/api/live${address}`, {
      onEvent(event) {
        if (event.type === "session") accept(event.session);
        else if (event.type === "reading") readingHeard(event);
        else if (event.type === "sounds") soundsHeard(event.sounds);
      },
      onState(now) {
        if (now === "open") {
          if (missed) void look();
          missed = false;
        } else if (now === "away") {
          away.value = true;
          missed = true;
          newest = NONE; // the first word on the next line counts, whatever its number
        } else {
          live = null;
          if (now === "over") leave();
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
      music.end();
      notice.value = { text: texts.house.ended, remedy: texts.house.endedRemedy, tone: "calm" };
    });
  }

  return {
    heed,
    need,
    look,
    /** Knock now instead of waiting. */
    knock: () => live?.retry(),
    sendFrame: (frame: Blob) => live?.sendFrame(frame) ?? false,
    onReading: (hear: (event: ReadingEvent) => void) => {
      readingHeard = hear;
    },
    onSounds: (hear: (sounds: Sounds) => void) => {
      soundsHeard = hear;
    },
  };
}

/** What plays and comes next. */
function ahead(session: Session | null): Partial<Session> {
  return session ? { playing: session.playing, queue: session.queue } : {};
}
