/**
 * The camera: asked for only after consent, looked through, gone in a moment.
 *
 * States: off · asking · on · paused (the page is out of sight; the device is released,
 * not just ignored). A trouble ends in "off" with what happened and what to do. Who looks
 * at the picture (this device, or the server) is chosen when it is switched on; one frame
 * is looked at at a time, and the next is taken only then, so none waits and goes stale.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Face, Problem, ReadingEvent, Unread } from "@/api/types";
import { texts } from "@/texts";
import type { Eyes, Light } from "./eyes";
import { createSteady } from "./steady";

export type CameraState = "off" | "asking" | "on" | "paused";

export interface Seen {
  face: Face | null;
  /** Faces that were found and not read. */
  unread: Unread[];
  others: number;
  problem: Problem | null;
  /** Whether there was too little light to see by, or nothing at all to see. */
  light: Light;
  /** Size of the frame the box refers to, in pixels. */
  width: number;
  height: number;
  /** How long the reading of it took. */
  ms: number;
}

export interface Camera {
  readonly state: ReadonlySignal<CameraState>;
  readonly stream: ReadonlySignal<MediaStream | null>;
  readonly seen: ReadonlySignal<Seen | null>;
  readonly trouble: ReadonlySignal<Problem | null>;
  /** How much of what reads a face is here, in [0, 1]; null when nothing is awaited. */
  readonly getting: ReadonlySignal<number | null>;
  start(): Promise<void>;
  stop(): void;
  /** What the server says of a frame that was sent to it. */
  hear(event: ReadingEvent): void;
}

export interface CameraParts {
  media: Pick<MediaDevices, "getUserMedia"> | undefined;
  page: Pick<Document, "hidden" | "addEventListener">;
  /** Who looks, as chosen now. */
  eyes(): Eyes;
  now?: () => number;
}

const WISH: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } },
};

export function createCamera({ now = () => performance.now(), ...parts }: CameraParts): Camera {
  const state = signal<CameraState>("off");
  const stream = signal<MediaStream | null>(null);
  const seen = signal<Seen | null>(null);
  const trouble = signal<Problem | null>(null);
  const getting = signal<number | null>(null);
  const steady = createSteady();
  let eyes: Eyes | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0; // which asking is the latest; an older answer is dropped

  function release() {
    clearTimeout(timer);
    asked += 1;
    for (const track of stream.value?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    stream.value = null;
    seen.value = null;
    getting.value = null;
    steady.forget();
    eyes?.release();
    eyes = null;
  }

  function fail({ problem, remedy }: Problem) {
    release();
    state.value = "off";
    trouble.value = { problem, remedy };
  }

  /** Look, wait as long as these eyes want, and look again until it is off. */
  async function watch(mine: number, looking: Eyes, from: MediaStream) {
    while (mine === asked) {
      const begun = now();
      const [track] = from.getVideoTracks();
      const news = track?.muted ? NO_PICTURE : await looking.look(from);
      if (mine !== asked) return;
      if (news) seen.value = steady.take(news);
      const took = now() - begun;
      await new Promise<void>((later) => {
        timer = setTimeout(later, Math.max(0, looking.everyMs(took) - took));
      });
    }
  }

  async function start() {
    release();
    trouble.value = null;
    if (!parts.media) {
      fail({ problem: texts.camera.unsupported, remedy: texts.camera.unsupportedRemedy });
      return;
    }
    state.value = "asking";
    const mine = asked;
    const looking = parts.eyes();
    eyes = looking;
    // What reads a face is fetched while the browser asks; its failure is told below.
    const ready = looking.open((share) => {
      if (mine === asked) getting.value = share;
    });
    ready.catch(() => undefined);
    let opened: MediaStream;
    try {
      opened = await parts.media.getUserMedia(WISH);
    } catch (error) {
      if (mine === asked) fail(why(error));
      return;
    }
    if (mine !== asked) {
      for (const track of opened.getTracks()) track.stop(); // switched off while asking
      return;
    }
    for (const track of opened.getVideoTracks())
      track.onended = () =>
        fail({ problem: texts.camera.unplugged, remedy: texts.camera.unpluggedRemedy });
    stream.value = opened;
    state.value = "on";
    void ready
      .then(() => {
        if (mine === asked) getting.value = null;
        return watch(mine, looking, opened);
      })
      .catch((error) => {
        if (mine === asked) fail(wordsOf(error));
      });
  }

  parts.page.addEventListener("visibilitychange", () => {
    if (parts.page.hidden && (state.value === "on" || state.value === "asking")) {
      release();
      state.value = "paused";
    } else if (!parts.page.hidden && state.value === "paused") void start();
  });

  return {
    state,
    stream,
    seen,
    trouble,
    getting,
    start,
    stop() {
      release();
      state.value = "off";
      trouble.value = null;
    },
    hear({ face, unread, others, problem, ms }) {
      if (state.value === "on" && eyes?.sees)
        seen.value = steady.take({ face, unread, others, problem, ms, ...eyes.sees });
    },
  };
}

/** The device is there and gives nothing: its switch is off, or the system holds it. */
const NO_PICTURE: Seen = {
  face: null,
  unread: [],
  others: 0,
  problem: { problem: texts.camera.mute, remedy: texts.camera.muteRemedy },
  light: "enough",
  width: 640,
  height: 480,
  ms: 0,
};

function why(error: unknown): Problem {
  const name = error instanceof Error ? error.name : "";
  const { camera } = texts;
  if (name === "NotFoundError" || name === "OverconstrainedError")
    return { problem: camera.missing, remedy: camera.missingRemedy };
  if (name === "NotReadableError" || name === "AbortError")
    return { problem: camera.busy, remedy: camera.busyRemedy };
  return { problem: camera.denied, remedy: camera.deniedRemedy };
}

/** A failure that has words for the listener says them; any other is a reader that died. */
function wordsOf(error: unknown): Problem {
  const { problem, remedy } = (error ?? {}) as Partial<Problem>;
  return problem && remedy ? { problem, remedy } : texts.engine.crashed;
}
