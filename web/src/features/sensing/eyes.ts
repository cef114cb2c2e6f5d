/** Who looks at the camera's picture: this device itself, or the server. */
import type { Engine } from "@/reading/engine";
import { ACROSS, DOWN, shownOf } from "@/reading/light";
import { createPace } from "@/reading/pace";
import type { Shelf } from "@/reading/shelf";
import type { Look } from "@/reading/types";
import { texts } from "@/texts";
import type { Seen } from "./camera";

/** "black": as good as nothing to see, as when the lens is covered. */
export type Light = "enough" | "dark" | "black";

export interface Eyes {
  /** Get ready, telling how far it is. What it rejects with has words for the listener. */
  open(tell: (share: number) => void): Promise<void>;
  /** One look; null when there is no picture yet, or the answer comes by another way. */
  look(stream: MediaStream): Promise<Seen | null>;
  /** How often to look, when a look took so long; both in ms. */
  everyMs(took: number): number;
  /** Stop, and forget the last picture. */
  release(): void;
  /** Of the frame last sent away: its light and its size. */
  readonly sees?: { light: Light; width: number; height: number } | undefined;
}

/** Below this mean brightness a missing face is blamed on the dark. */
const DARK = 0.12;
/** Below this, or with so little to tell apart and not bright, the lens may be covered. */
const BLACK = 0.04;
const PLAIN = 0.02;
const BRIGHT = 0.4;

/** How well one can see in a picture of this mean brightness and spread. */
export function lightOf(light: number, spread: number): Light {
  if (light < BLACK || (light < BRIGHT && spread < PLAIN)) return "black";
  return light < DARK ? "dark" : "enough";
}

// -- this device ---------------------------------------------------------------------------

export interface DeviceEyesParts {
  shelf: Shelf;
  /** What the camera shows now, to be handed over; null while there is no picture yet. */
  picture(stream: MediaStream): Promise<ImageBitmap | null>;
  release(): void;
  /** Told of every look, with its time in seconds. */
  onLook(look: Look, atS: number): void;
  now?: () => number;
}

export function createDeviceEyes({
  shelf,
  picture,
  release,
  onLook,
  now = () => performance.now(),
}: DeviceEyesParts): Eyes {
  const pace = createPace();
  let restarts = 1; // an engine may die once; twice is a trouble
  let used: Engine | null = null;
  let watching = 0; // what was looked at for an earlier watch is told to nobody
  return {
    async open(tell) {
      await shelf.take(tell);
    },
    async look(stream) {
      const mine = watching;
      const died = used?.over() ?? null; // while it looked, or between two looks
      if (died) {
        used = null;
        restarts -= 1;
        if (restarts < 0) throw died;
      }
      const engine = await shelf.take();
      used = engine;
      const frame = await picture(stream);
      if (!frame) return null;
      if (mine !== watching) {
        frame.close();
        return null;
      }
      const at = now() / 1000;
      try {
        const { shown, ms, ...look } = await engine.look(frame, { most: 1, follow: true });
        if (mine !== watching) return null;
        onLook(look, at);
        return seenOf(look, shown, ms);
      } catch (error) {
        if (engine.over() === null) throw error;
        return null; // the next look opens another
      }
    },
    everyMs: pace.after,
    release() {
      watching += 1;
      pace.forget();
      restarts = 1;
      used = null;
      release();
      shelf.putBack();
    },
  };
}

function seenOf(
  { faces, unread, others }: Look,
  {
    width,
    height,
    light,
    spread,
  }: { width: number; height: number; light: number; spread: number },
  ms: number,
): Seen {
  const [face] = faces;
  return {
    face: face ? { ...face, box: [...face.box], covariance: [...face.covariance] } : null,
    unread: unread.map(({ box, doubt }) => ({
      box: [...box],
      doubt,
      words: texts.doubts[doubt],
    })),
    others,
    problem: null,
    light: lightOf(light, spread),
    width,
    height,
    ms,
  };
}

// -- the server ----------------------------------------------------------------------------

export interface Taken {
  frame: Blob;
  width: number;
  height: number;
  light: Light;
}

export interface ServerEyesParts {
  /** One JPEG of what the camera sees now; null while there is no picture yet. */
  grab(stream: MediaStream): Promise<Taken | null>;
  release(): void;
  send(frame: Blob): boolean;
  everyMs?: number;
}

export function createServerEyes({ grab, release, send, everyMs = 500 }: ServerEyesParts): Eyes {
  const sees = { light: "enough" as Light, width: 640, height: 480 };
  let watching = 0; // a picture taken for an earlier watch is not sent
  return {
    sees,
    async open() {},
    async look(stream) {
      const mine = watching;
      const taken = await grab(stream);
      if (!taken || mine !== watching) return null;
      const { frame, ...how } = taken;
      Object.assign(sees, how);
      send(frame);
      return null; // the answer comes over the line
    },
    everyMs: () => everyMs,
    release() {
      watching += 1;
      release();
    },
  };
}

// -- taking pictures -----------------------------------------------------------------------

/** Takes frames from a stream with a video element that is never shown. */
export function createGrabber(longest = 640, quality = 0.8) {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  const canvas = document.createElement("canvas");
  const thumb = document.createElement("canvas");
  thumb.width = ACROSS;
  thumb.height = DOWN;
  const small = thumb.getContext("2d", { willReadFrequently: true });

  function light(picture: HTMLCanvasElement): Light {
    if (!small) return "enough";
    small.drawImage(picture, 0, 0, thumb.width, thumb.height);
    const { light, spread } = shownOf(small.getImageData(0, 0, thumb.width, thumb.height));
    return lightOf(light, spread);
  }

  /** Size of the picture as it is taken; null while there is none. */
  async function ready(stream: MediaStream): Promise<{ width: number; height: number } | null> {
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      await video.play().catch(() => undefined);
    }
    if (!video.videoWidth) return null;
    const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
    return {
      width: Math.round(video.videoWidth * scale),
      height: Math.round(video.videoHeight * scale),
    };
  }

  return {
    /** The picture itself, for this device's own eyes. */
    async picture(stream: MediaStream): Promise<ImageBitmap | null> {
      const size = await ready(stream);
      if (!size) return null;
      return createImageBitmap(video, { resizeWidth: size.width, resizeHeight: size.height });
    },
    /** A JPEG of it, to be sent. */
    async grab(stream: MediaStream): Promise<Taken | null> {
      const size = await ready(stream);
      if (!size) return null;
      Object.assign(canvas, size);
      canvas.getContext("2d")?.drawImage(video, 0, 0, size.width, size.height);
      const seen = light(canvas);
      const frame = await new Promise<Blob | null>((done) =>
        canvas.toBlob(done, "image/jpeg", quality),
      );
      return frame && { frame, ...size, light: seen };
    },
    release() {
      video.srcObject = null;
      canvas.width = 0; // drops the last picture
      small?.clearRect(0, 0, thumb.width, thumb.height);
    },
  };
}
