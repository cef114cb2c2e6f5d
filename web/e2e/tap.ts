/** What the page lets sound, sample by sample, as it reaches the loudspeaker. */
import type { Page } from "@playwright/test";

// A worklet on the way to the loudspeaker; it hands on what it hears, left side only.
const WORKLET = `registerProcessor("tap", class extends AudioWorkletProcessor {
  process([input]) {
    if (input[0]) this.port.postMessage(input[0].slice());
    return true;
  }
});`;

declare global {
  interface Window {
    /** Blocks of samples since the first sound. */
    tapped: Float32Array[];
    tapRate: number;
  }
}

/**
 * Before the page opens: listen to whatever it sends to the loudspeaker. The ear is a script
 * from elsewhere, so the journey needs `bypassCSP`.
 */
export async function tap(page: Page) {
  await page.addInitScript((worklet) => {
    const module = URL.createObjectURL(new Blob([worklet], { type: "text/javascript" }));
    window.tapped = [];
    const connect = AudioNode.prototype.connect as (...args: unknown[]) => unknown;
    AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
      const [to] = args;
      if (to instanceof AudioDestinationNode) {
        const { context } = to;
        window.tapRate = context.sampleRate;
        void (context as AudioContext).audioWorklet.addModule(module).then(() => {
          const ear = new AudioWorkletNode(context, "tap", { numberOfOutputs: 0 });
          ear.port.onmessage = ({ data }) => window.tapped.push(data);
          connect.call(this, ear);
        });
      }
      return connect.apply(this, args);
    } as AudioNode["connect"];
  }, WORKLET);
}

/** Everything heard so far, and how many samples a second. */
export async function heard(page: Page): Promise<{ samples: Float32Array; rate: number }> {
  const { told, rate } = await page.evaluate(async () => {
    const all = new Float32Array(window.tapped.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const block of window.tapped) {
      all.set(block, at);
      at += block.length;
    }
    const address = await new Promise<string>((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result as string);
      reader.readAsDataURL(new Blob([all.buffer]));
    });
    return { told: address.slice(address.indexOf(",") + 1), rate: window.tapRate };
  });
  const bytes = Buffer.from(told, "base64");
  return { samples: new Float32Array(new Uint8Array(bytes).buffer), rate };
}

/** The longest silence between the first sound and the last, in ms, and where it begins, in s. */
export function longestGap(samples: Float32Array, rate: number, floor = 0.003) {
  let [first, last, longest, at] = [-1, -1, 0, 0];
  for (const [i, sample] of samples.entries()) {
    if (Math.abs(sample) < floor) continue;
    if (first < 0) first = i;
    else if (i - last - 1 > longest) [longest, at] = [i - last - 1, last];
    last = i;
  }
  return { ms: (1000 * longest) / rate, at: at / rate, until: last / rate };
}

/** How sharply the sound bends at most within these seconds: |x[i+1] - 2x[i] + x[i-1]|. */
export function sharpest(samples: Float32Array, rate: number, from: number, to: number) {
  let most = 0;
  for (
    let i = Math.max(1, Math.round(from * rate));
    i < Math.min(samples.length - 1, to * rate);
    i++
  )
    most = Math.max(
      most,
      Math.abs((samples[i + 1] ?? 0) - 2 * (samples[i] ?? 0) + (samples[i - 1] ?? 0)),
    );
  return most;
}

/** The strength (RMS) of each tenth of a second within these seconds. */
export function strengths(samples: Float32Array, rate: number, from: number, to: number) {
  const step = Math.round(rate / 10);
  const all: number[] = [];
  for (let i = Math.round(from * rate); i + step <= to * rate; i += step) {
    let sum = 0;
    for (let j = i; j < i + step; j++) sum += (samples[j] ?? 0) ** 2;
    all.push(Math.sqrt(sum / step));
  }
  return all;
}
