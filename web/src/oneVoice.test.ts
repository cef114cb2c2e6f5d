import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { type Channel, keepOneVoice } from "./oneVoice";

/** Pages of one browser: what one says all the others hear, when `deliver` is called. */
function browser() {
  const channels: Channel[] = [];
  const underWay: (() => void)[] = [];
  let time = 0;
  return {
    wait() {
      time += 100;
    },
    deliver() {
      for (const go of underWay.splice(0)) go();
    },
    open() {
      const channel: Channel = {
        onmessage: null,
        postMessage(data) {
          for (const other of channels)
            if (other !== channel)
              underWay.push(() =>
                other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent),
              );
        },
      };
      channels.push(channel);
      const playing = signal(false);
      const yieldTo = () => {
        playing.value = false;
      };
      keepOneVoice({ playing, yieldTo }, channel, () => time, channels.length);
      return playing;
    },
  };
}

test("a page that begins to play silences the one that played", () => {
  const { open, wait, deliver } = browser();
  const [first, second] = [open(), open()];
  first.value = true;
  wait();
  second.value = true;
  deliver();
  expect([first.value, second.value]).toEqual([false, true]);
  wait();
  first.value = true;
  deliver();
  expect([first.value, second.value]).toEqual([true, false]);
});

test("pages that begin at the same moment do not silence each other: one goes on", () => {
  const { open, deliver } = browser();
  const pages = [open(), open(), open()];
  for (const playing of pages) playing.value = true;
  deliver();
  deliver();
  expect(pages.filter((playing) => playing.value)).toHaveLength(1);
});

test("a page that is silent stays as it is", () => {
  const { open, deliver } = browser();
  const [first, second] = [open(), open()];
  second.value = true;
  deliver();
  expect([first.value, second.value]).toEqual([false, true]);
});

test("a browser without channels plays as before", () => {
  const playing = signal(true);
  keepOneVoice({ playing, yieldTo: () => {} }, null);
  expect(playing.value).toBe(true);
});
