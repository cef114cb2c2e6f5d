/**
 * One photo: read on this device, shown here until it is put away.
 *
 * Where this browser cannot read it, it says so; only when the listener then says yes does
 * the photo go to the server's memory.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Api, Away } from "@/api/client";
import type { Face, PictureReading, Problem } from "@/api/types";
import type { Engine } from "@/reading/engine";
import type { Shelf } from "@/reading/shelf";
import { texts } from "@/texts";
import { wordsOf } from "./words";

export interface Photo {
  /** Address of the picture in this page; never leaves it. */
  url: string;
  reading: PictureReading | null;
  trouble: Problem | null;
  /** How much of what reads a face is here, in [0, 1]; null when nothing is awaited. */
  getting: number | null;
  /** Whether the server could read it where this device cannot. */
  serverCould: boolean;
}

export interface PhotoReader {
  readonly photo: ReadonlySignal<Photo | null>;
  read(file: File): Promise<void>;
  /** Send the photo that is shown to the server's memory; the listener agreed to it. */
  readOnServer(): Promise<void>;
  putAway(): void;
}

export interface PhotoParts {
  api: Pick<Api, "read">;
  shelf: PhotoShelf;
  /** Whether the listener chose to have pictures read on the server. */
  onServer(): boolean;
  feel(face: Face): Promise<void>;
  /** The picture, upright; rejects when the browser cannot open the file. */
  open?(file: File): Promise<ImageBitmap>;
}

/** The part of a shelf that is used. */
export interface PhotoShelf extends Pick<Shelf, "putBack"> {
  take(onProgress?: (share: number) => void): Promise<Pick<Engine, "look">>;
}

export function createPhotoReader(parts: PhotoParts): PhotoReader {
  const { api, shelf, onServer, feel, open = openPhoto } = parts;
  const photo = signal<Photo | null>(null);
  let file: File | null = null; // what is shown, as long as it is

  function putAway() {
    if (photo.value) URL.revokeObjectURL(photo.value.url);
    photo.value = null;
    file = null;
  }

  async function lookAt(chosen: File, show: (change: Partial<Photo>) => void) {
    const picture = await open(chosen).catch(() => null);
    if (!picture) {
      const { notAPicture, notAPictureRemedy } = texts.reading;
      show({ trouble: { problem: notAPicture, remedy: notAPictureRemedy } });
      return null;
    }
    try {
      const engine = await shelf.take((getting) => show({ getting }));
      show({ getting: null });
      const { shown, ...look } = await engine.look(picture, { thorough: true, most: 1 });
      return pictureReading(look, shown);
    } catch (error) {
      picture.close();
      const { problem } = wordsOf(error) ?? texts.engine.crashed;
      const trouble = { problem, remedy: texts.reading.photoUnread };
      show({ getting: null, serverCould: true, trouble });
      return null;
    } finally {
      shelf.putBack();
    }
  }

  async function ask(chosen: File, show: (change: Partial<Photo>) => void) {
    show({ trouble: null, serverCould: false });
    try {
      return await api.read(chosen);
    } catch (error) {
      if (error instanceof Away)
        show({ trouble: { problem: texts.house.away, remedy: texts.again } });
      else if (wordsOf(error)) show({ trouble: wordsOf(error) });
      else throw error;
      return null;
    }
  }

  async function told(by: typeof lookAt) {
    const url = photo.value?.url;
    if (!file || !url) return;
    const reading = await by(file, (change) => {
      if (photo.value?.url === url) photo.value = { ...photo.value, ...change };
    });
    if (!reading || photo.value?.url !== url) return;
    photo.value = { ...photo.value, reading };
    const face = reading.faces[0];
    if (face) await feel(face);
  }

  return {
    photo,
    putAway,
    async read(chosen) {
      putAway();
      file = chosen;
      photo.value = {
        url: URL.createObjectURL(chosen),
        reading: null,
        trouble: null,
        getting: null,
        serverCould: false,
      };
      await told(onServer() ? ask : lookAt);
    },
    readOnServer: () => told(ask),
  };
}

type Look = Awaited<ReturnType<Engine["look"]>>;

/** What this device saw, in the shape the server answers in. */
function pictureReading(
  { faces, unread, others }: Pick<Look, "faces" | "unread" | "others">,
  { width, height }: Pick<Look["shown"], "width" | "height">,
): PictureReading {
  return {
    faces: faces.map((face) => ({
      ...face,
      box: [...face.box],
      covariance: [...face.covariance],
    })),
    unread: unread.map(({ box, doubt }) => ({
      box: [...box],
      doubt,
      words: texts.doubts[doubt],
    })),
    others,
    width,
    height,
  };
}

const LONGEST_SIDE = 1600; // as the server looks at photos

/** The picture in a file as it is meant to be seen, no side longer than 1600 pixels. */
export async function openPhoto(file: File): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
  const share = LONGEST_SIDE / Math.max(whole.width, whole.height);
  if (share >= 1) return whole;
  try {
    return await createImageBitmap(whole, {
      resizeWidth: Math.max(1, Math.round(whole.width * share)),
      resizeHeight: Math.max(1, Math.round(whole.height * share)),
      resizeQuality: "high",
    });
  } finally {
    whole.close();
  }
}
