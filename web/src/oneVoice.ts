/**
 * Of all open pages of one browser only the one that began to play last sounds.
 *
 * A page that begins says when. One that hears of a later beginning than its own falls
 * silent; two that began at once tell by their numbers which of them goes on.
 */
import { effect, type ReadonlySignal } from "@preact/signals";

/** When a page began to play (ms since 1970), and its number. */
interface Beginning {
  at: number;
  page: number;
}

export interface Voice {
  readonly playing: ReadonlySignal<boolean>;
  /** Fall silent: another page plays. */
  yieldTo(): void;
}

export type Channel = Pick<BroadcastChannel, "postMessage" | "onmessage">;

export function keepOneVoice(
  voice: Voice,
  channel: Channel | null = openChannel(),
  now: () => number = Date.now,
  page: number = Math.random(),
) {
  if (!channel) return; // a browser without channels: every page sounds, as before
  let mine: Beginning | null = null;
  effect(() => {
    mine = voice.playing.value ? { at: now(), page } : null;
    if (mine) channel.postMessage(mine);
  });
  channel.onmessage = ({ data }: MessageEvent<Beginning>) => {
    if (!mine) return;
    const later = data.at > mine.at || (data.at === mine.at && data.page > mine.page);
    if (later) voice.yieldTo();
  };
}

const openChannel = () =>
  typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("affetto-voice");
