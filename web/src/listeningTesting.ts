/** For the tests of listening: a page's session with a server, a sound and a line of straw. */
import { createListening, type Parts } from "./listening";
import { fakeLive, fakeServer, fakeSound } from "./testing";
import { createAnnouncer } from "./ui/announcer";

export function room(titles?: string[], knockEveryMs = 5, more: Partial<Parts> = {}) {
  const server = fakeServer(titles);
  const sound = fakeSound();
  const live = fakeLive();
  const announcer = createAnnouncer();
  const listening = createListening({
    api: server.api,
    announcer,
    createSound: sound.create,
    openLive: live.open,
    knockEveryMs,
    ...more,
  });
  return { listening, ...server, sound, live, announcer };
}

export const CALM = { valence: 0.5, arousal: -0.4 };
