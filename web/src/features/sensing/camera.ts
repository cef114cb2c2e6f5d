/**
 * The camera: asked for only after consent, read about twice a second, gone in a moment.
 *
 * States: off · asking · on · paused (the page is out of sight; the device is released,
 * not just ignored). A trouble ends in "off" with what happened and what to do.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Face, Problem, ReadingEvent } from "@/api/types";
import { texts } from "@/texts";

export type CameraState = "off" | "asking" | "on" | "paused";

export interface Seen {
  face: Face | null;
  others: number;
  problem: Problem | null;
  /** Size of the frame the box refers to, in pixels. */
  width: number;
  height: number;
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

export interface CameraParts {
  media: Pick<MediaDevices, "getUserMedia"> | undefined;
  page: Pick<Document, "hidden" | "addEventListener">;
  /** One JPEG of what the camera sees now; null while there is no picture yet. */
  grab(stream: MediaStream): Promise<{ frame: Blob; width: number; height: number } | null>;
  release(): void;
  send(frame: Blob): boolean;
  everyMs?: number;
}

const WISH: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } },
};

export function createCamera(parts: CameraParts): Camera {
  const state = signal<CameraState>("off");
  const stream = signal<MediaStream | null>(null);
  const seen = signal<Seen | null>(null);
  const trouble = signal<Problem | null>(null);
  const size = { width: 640, height: 480 };
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
      size.width = taken.width;
      size.height = taken.height;
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
    hear({ face, others, problem }) {
      if (state.value === "on") seen.value = { face, others, problem, ...size };
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
  return {
    async grab(stream: MediaStream) {
      if (video.srcObject !== stream) {
        video.srcObject = stream;
        await video.play().catch(() => undefined);
      }
      if (!video.videoWidth) return null;
      const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
      const frame = await new Promise<Blob | null>((done) =>
        canvas.toBlob(done, "image/jpeg", quality),
      );
      return frame && { frame, width: canvas.width, height: canvas.height };
    },
    release() {
      video.srcObject = null;
      canvas.width = 0; // drops the last picture
    },
  };
}
