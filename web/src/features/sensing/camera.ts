/**
 * The camera: asked for only after consent, read about twice a second, gone in a moment.
 *
 * States: off · asking · on · paused (the page is out of sight; the device is released,
 * not just ignored). A trouble ends in "off" with what happened and what to do.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Face, Problem, ReadingEvent, Unread } from "@/api/types";
import { texts } from "@/texts";
import { createSteady } from "./steady";

export type CameraState = "off" | "asking" | "on" | "paused";

export interface Seen {
  face: Face | null;
  /** Faces that were found and not read. */
  unread: Unread[];
  others: number;
  problem: Problem | null;
  /** Whether there was too little light to see by. */
  dark: boolean;
  /** Size of the frame the box refers to, in pixels. */
  width: number;
  height: number;
  /** How long the server took for it. */
  ms: number;
}

export interface Camera {
  readonly state: ReadonlySignal<CameraState>;
  readonly stream: ReadonlySignal<MediaStream | null>;
  readonly seen: ReadonlySignal<Seen | null>;
  readonly trouble: ReadonlySignal<Problem | null>;
  start(): Promise<void>;
  stop(): void;
  hear(event: ReadingEvent): void;
}

export interface Taken {
  frame: Blob;
  width: number;
  height: number;
  /** Mean brightness of the picture, in [0, 1]. */
  light: number;
}

export interface CameraParts {
  media: Pick<MediaDevices, "getUserMedia"> | undefined;
  page: Pick<Document, "hidden" | "addEventListener">;
  /** One JPEG of what the camera sees now; null while there is no picture yet. */
  grab(stream: MediaStream): Promise<Taken | null>;
  release(): void;
  send(frame: Blob): boolean;
  everyMs?: number;
}

/** Below this mean brightness a missing face is blamed on the dark. */
const DARK = 0.12;

const WISH: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } },
};

export function createCamera(parts: CameraParts): Camera {
  const state = signal<CameraState>("off");
  const stream = signal<MediaStream | null>(null);
  const seen = signal<Seen | null>(null);
  const trouble = signal<Problem | null>(null);
  const last = { width: 640, height: 480, dark: false };
  const steady = createSteady();
  let timer: ReturnType<typeof setInterval> | undefined;
  let looking = false;
  let asked = 0; // which asking is the latest; an older answer is dropped

  function release() {
    clearInterval(timer);
    asked += 1;
    for (const track of stream.value?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    stream.value = null;
    seen.value = null;
    steady.forget();
    parts.release();
  }

  function fail(problem: string, remedy: string) {
    release();
    state.value = "off";
    trouble.value = { problem, remedy };
  }

  async function look() {
    const from = stream.value;
    if (!from || looking) return;
    looking = true;
    try {
      const taken = await parts.grab(from);
      if (!taken || stream.value !== from) return;
      last.width = taken.width;
      last.height = taken.height;
      last.dark = taken.light < DARK;
      parts.send(taken.frame);
    } finally {
      looking = false;
    }
  }

  async function start() {
    trouble.value = null;
    if (!parts.media) {
      fail(texts.camera.unsupported, texts.camera.unsupportedRemedy);
      return;
    }
    state.value = "asking";
    asked += 1;
    const mine = asked;
    let opened: MediaStream;
    try {
      opened = await parts.media.getUserMedia(WISH);
    } catch (error) {
      if (mine === asked) {
        const [problem, remedy] = why(error);
        fail(problem, remedy);
      }
      return;
    }
    if (mine !== asked) {
      for (const track of opened.getTracks()) track.stop(); // switched off while asking
      return;
    }
    for (const track of opened.getVideoTracks())
      track.onended = () => fail(texts.camera.unplugged, texts.camera.unpluggedRemedy);
    stream.value = opened;
    state.value = "on";
    timer = setInterval(() => void look(), parts.everyMs ?? 500);
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
    start,
    stop() {
      release();
      state.value = "off";
      trouble.value = null;
    },
    hear({ face, unread, others, problem, ms }) {
      if (state.value === "on")
        seen.value = steady.take({ face, unread, others, problem, ms, ...last });
    },
  };
}

function why(error: unknown): [string, string] {
  const name = error instanceof Error ? error.name : "";
  const { camera } = texts;
  if (name === "NotFoundError" || name === "OverconstrainedError")
    return [camera.missing, camera.missingRemedy];
  if (name === "NotReadableError" || name === "AbortError") return [camera.busy, camera.busyRemedy];
  return [camera.denied, camera.deniedRemedy];
}

/** Takes frames from a stream with a video element and a canvas that are never shown. */
export function createGrabber(longest = 640, quality = 0.8) {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  const canvas = document.createElement("canvas");
  const thumb = document.createElement("canvas");
  thumb.width = 16;
  thumb.height = 12;
  const small = thumb.getContext("2d", { willReadFrequently: true });

  function brightness(picture: HTMLCanvasElement): number {
    if (!small) return 1;
    small.drawImage(picture, 0, 0, thumb.width, thumb.height);
    const { data } = small.getImageData(0, 0, thumb.width, thumb.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4)
      sum += 0.3 * (data[i] ?? 0) + 0.59 * (data[i + 1] ?? 0) + 0.11 * (data[i + 2] ?? 0);
    return sum / (255 * thumb.width * thumb.height);
  }

  return {
    async grab(stream: MediaStream): Promise<Taken | null> {
      if (video.srcObject !== stream) {
        video.srcObject = stream;
        await video.play().catch(() => undefined);
      }
      if (!video.videoWidth) return null;
      const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
      const light = brightness(canvas);
      const frame = await new Promise<Blob | null>((done) =>
        canvas.toBlob(done, "image/jpeg", quality),
      );
      return frame && { frame, width: canvas.width, height: canvas.height, light };
    },
    release() {
      video.srcObject = null;
      canvas.width = 0; // drops the last picture
      small?.clearRect(0, 0, thumb.width, thumb.height);
    },
  };
}
