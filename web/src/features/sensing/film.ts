/**
 * A video from a file, opened by the browser itself: what it shows at any moment.
 *
 * It is sought, not played: every look is at the moment asked for, however slow the device.
 * Nothing of it is kept, and none of it leaves the page.
 */
import type { Problem } from "@/api/types";
import { texts } from "@/texts";

export interface Film {
  readonly lengthS: number;
  /** What is shown at a moment, upright; the caller's to close. Rejects with FilmTrouble. */
  at(seconds: number): Promise<ImageBitmap>;
  close(): void;
}

/** Why a video cannot be read, or no further. */
export class FilmTrouble extends Error implements Problem {
  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem} ${remedy}`);
  }
}

export const LONGEST_S = 30 * 60;
const LONGEST_SIDE = 1600; // as the command line looks at clips
const OPENS_WITHIN_MS = 15_000;
const SEEKS_WITHIN_MS = 10_000;
const BEYOND_S = 1e7; // a recording that does not say its length tells it when sought so far

export async function openFilm(url: string): Promise<Film> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  const canvas = document.createElement("canvas");
  const { unreadable, unreadableRemedy, soundOnly, chooseVideo, long, longRemedy } = texts.video;

  function close() {
    video.removeAttribute("src");
    video.load(); // lets the decoder go
    canvas.width = 0;
  }

  async function seek(seconds: number) {
    const there = happens(video, "seeked", SEEKS_WITHIN_MS);
    video.currentTime = seconds;
    await there;
  }

  try {
    const opened = happens(video, "loadeddata", OPENS_WITHIN_MS);
    video.src = url;
    await opened.catch(() => {
      // Sound alone has no first picture to wait for in some browsers.
      if (video.readyState >= HTMLMediaElement.HAVE_METADATA && !video.videoWidth)
        throw new FilmTrouble(soundOnly, chooseVideo);
      throw new FilmTrouble(unreadable, unreadableRemedy);
    });
    if (!video.videoWidth) throw new FilmTrouble(soundOnly, chooseVideo);
    if (!Number.isFinite(video.duration)) await seek(BEYOND_S).catch(() => undefined);
    if (!Number.isFinite(video.duration) || video.duration <= 0)
      throw new FilmTrouble(unreadable, unreadableRemedy);
    if (video.duration > LONGEST_S) throw new FilmTrouble(long(LONGEST_S / 60), longRemedy);
  } catch (error) {
    close();
    throw error;
  }

  return {
    lengthS: video.duration,
    async at(seconds) {
      await seek(Math.min(seconds + 1e-3, video.duration)).catch(() => {
        throw new FilmTrouble(texts.video.torn, texts.video.tornRemedy);
      });
      const share = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.max(1, Math.round(video.videoWidth * share));
      canvas.height = Math.max(1, Math.round(video.videoHeight * share));
      canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
      return createImageBitmap(canvas);
    },
    close,
  };
}

/** Waits for what a video tells; rejects when it tells of an error, or nothing for too long. */
function happens(video: HTMLVideoElement, what: string, withinMs: number): Promise<void> {
  return new Promise((done, failed) => {
    const end = (how: () => void) => () => {
      clearTimeout(late);
      video.removeEventListener(what, well);
      video.removeEventListener("error", badly);
      how();
    };
    const well = end(done);
    const badly = end(() => failed(video.error ?? new Error("error")));
    const late = setTimeout(
      end(() => failed(new Error(`no ${what}`))),
      withinMs,
    );
    video.addEventListener(what, well);
    video.addEventListener("error", badly);
  });
}
