/**
 * Two audio elements on one desk: each has a fader and a trim, and both meet in a master.
 *
 *     element ─▶ trim (the track's level) ─▶ fader ─┐
 *     element ─▶ trim ─────────────────────▶ fader ─┴▶ volume ─▶ dim ─▶ the loudspeaker
 *
 * The desk is put up with the first sound, since a browser lets no page make one before
 * somebody clicked. Every change takes some milliseconds, so that none is heard as a click.
 */
import { equalPower, HEADROOM } from "./soundLevel";

export type Side = 0 | 1;

export interface Mixer {
  /** Let sound through; resolves to whether the browser allows it. */
  wake(): Promise<boolean>;
  /** Save the machine's strength while nothing sounds. */
  rest(): void;
  /** The level of a side's track, a gain in [0, 1]. */
  trim(side: Side, gain: number): void;
  /** Move a side's fader within some seconds, `after` so many others. */
  fade(side: Side, to: number, seconds?: number, after?: number): void;
  /** Hand over from one side to the other at equal power. */
  cross(from: Side, to: Side, seconds: number): void;
  volume(gain: number): void;
  /** Turn everything down or up again, over and above the volume. */
  dim(to: number, seconds: number): void;
}

/** Short enough not to be noticed, long enough not to click. */
export const SOFT_S = 0.02;
const WAKE_MS = 600;

interface Desk {
  context: AudioContext;
  trims: readonly [GainNode, GainNode];
  faders: readonly [GainNode, GainNode];
  volume: GainNode;
  dim: GainNode;
}

export function createMixer(
  elements: readonly [HTMLMediaElement, HTMLMediaElement],
  open: () => AudioContext = () => new AudioContext(),
): Mixer {
  // What was set before the desk stood.
  const trims: [number, number] = [1, 1];
  const faders: [number, number] = [1, 1];
  let volume = 1;
  let desk: Desk | null = null;
  let resting = false;

  function putUp(): Desk {
    const context = open();
    const gain = (value: number, to: AudioNode) => {
      const node = context.createGain();
      node.gain.value = value;
      node.connect(to);
      return node;
    };
    const dim = gain(1, context.destination);
    const master = gain(HEADROOM * volume, dim);
    const side = (i: Side) => {
      const fader = gain(faders[i], master);
      const trim = gain(trims[i], fader);
      context.createMediaElementSource(elements[i]).connect(trim);
      return { fader, trim };
    };
    const [one, other] = [side(0), side(1)];
    return {
      context,
      trims: [one.trim, other.trim],
      faders: [one.fader, other.fader],
      volume: master,
      dim,
    };
  }

  /** From where a gain stands to another one. */
  function glide({ gain }: GainNode, to: number, seconds: number, after = 0) {
    if (!desk) return;
    const now = desk.context.currentTime;
    const from = gain.value;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(from, now);
    if (after > 0) gain.setValueAtTime(from, now + after);
    gain.linearRampToValueAtTime(to, now + after + seconds);
  }

  return {
    async wake() {
      desk ??= putUp();
      const { context } = desk;
      if (context.state === "running" && !resting) return true;
      resting = false;
      // A browser that waits for a click leaves this open for as long.
      const woken = context.resume().catch(() => undefined);
      await Promise.race([woken, new Promise((late) => setTimeout(late, WAKE_MS))]);
      return (context.state as AudioContextState) === "running";
    },
    rest() {
      resting = true;
      void desk?.context.suspend().catch(() => undefined);
    },
    trim(side, gain) {
      trims[side] = gain;
      if (desk) glide(desk.trims[side], gain, SOFT_S);
    },
    fade(side, to, seconds = SOFT_S, after = 0) {
      faders[side] = to;
      if (desk) glide(desk.faders[side], to, seconds, after);
    },
    cross(from, to, seconds) {
      faders[from] = 0;
      faders[to] = 1;
      if (!desk) return;
      const now = desk.context.currentTime;
      for (const [side, which] of [
        [from, "out"],
        [to, "in"],
      ] as const) {
        const { gain } = desk.faders[side];
        gain.cancelScheduledValues(now);
        gain.setValueCurveAtTime(equalPower(which), now, seconds);
      }
    },
    volume(gain) {
      volume = gain;
      if (desk) glide(desk.volume, HEADROOM * gain, SOFT_S);
    },
    dim(to, seconds) {
      if (desk) glide(desk.dim, to, Math.max(SOFT_S, seconds));
    },
  };
}
