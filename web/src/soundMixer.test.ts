import { expect, test } from "vitest";
import { HEADROOM } from "./soundLevel";
import { createMixer } from "./soundMixer";

/** A gain that is always where it was last sent. */
class Gain {
  value = 1;
  readonly did: string[] = [];
  cancelScheduledValues() {}
  setValueAtTime() {}
  linearRampToValueAtTime(value: number, at: number) {
    this.value = value;
    this.did.push(`to ${value.toFixed(2)} at ${at.toFixed(2)}`);
  }
  setValueCurveAtTime(curve: Float32Array, at: number, seconds: number) {
    this.value = curve.at(-1) ?? 0;
    this.did.push(`${curve[0]?.toFixed(0)} to ${this.value} from ${at} for ${seconds}`);
  }
}

function room({ allowed = true } = {}) {
  const gains: Gain[] = [];
  let state = "suspended";
  let opened = 0;
  const context = {
    get state() {
      return state;
    },
    currentTime: 10,
    destination: {},
    createGain: () => {
      const gain = new Gain();
      gains.push(gain);
      return { gain, connect() {} };
    },
    createMediaElementSource: () => ({ connect() {} }),
    resume: async () => {
      if (allowed) state = "running";
    },
    suspend: async () => {
      state = "suspended";
    },
  };
  const mixer = createMixer([{}, {}] as unknown as [HTMLMediaElement, HTMLMediaElement], () => {
    opened += 1;
    return context as unknown as AudioContext;
  });
  // As they are put up: the dim, the master, and fader and trim of each side.
  const part = (i: number) => gains[i] as Gain;
  return {
    mixer,
    opened: () => opened,
    dim: () => part(0),
    master: () => part(1),
    fader: () => part(2),
  };
}

test("the desk is put up with the first sound, as it was set before", async () => {
  const { mixer, opened, master } = room();
  mixer.volume(0.5);
  expect(opened()).toBe(0);
  expect(await mixer.wake()).toBe(true);
  expect(await mixer.wake()).toBe(true);
  expect(opened()).toBe(1);
  expect(master().value).toBeCloseTo(0.5 * HEADROOM);
});

test("a browser that lets no sound through is not taken for one that does", async () => {
  expect(await room({ allowed: false }).mixer.wake()).toBe(false);
});

test("every change takes its time, and a handing over its curve", async () => {
  const { mixer, fader, dim, master } = room();
  await mixer.wake();
  mixer.fade(0, 0, 0.5, 1);
  mixer.cross(0, 1, 4);
  expect(fader().did).toEqual(["to 0.00 at 11.50", "1 to 0 from 10 for 4"]);
  mixer.dim(0, 30);
  expect(dim().did).toEqual(["to 0.00 at 40.00"]);
  mixer.volume(1);
  expect(master().did).toEqual([`to ${HEADROOM.toFixed(2)} at 10.02`]);
});

test("what rested wakes again", async () => {
  const { mixer } = room();
  await mixer.wake();
  mixer.rest();
  expect(await mixer.wake()).toBe(true);
});
