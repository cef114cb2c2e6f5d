/** One photo: read in the server's memory, shown here until it is put away. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Api, Away, Refusal } from "@/api/client";
import type { Face, PictureReading, Problem } from "@/api/types";
import { texts } from "@/texts";

export interface Photo {
  /** Address of the picture in this page; never leaves it. */
  url: string;
  reading: PictureReading | null;
  trouble: Problem | null;
}

export interface PhotoReader {
  readonly photo: ReadonlySignal<Photo | null>;
  read(file: File): Promise<void>;
  putAway(): void;
}

export function createPhotoReader(api: Api, feel: (face: Face) => Promise<void>): PhotoReader {
  const photo = signal<Photo | null>(null);

  function putAway() {
    if (photo.value) URL.revokeObjectURL(photo.value.url);
    photo.value = null;
  }

  return {
    photo,
    putAway,
    async read(file) {
      putAway();
      const url = URL.createObjectURL(file);
      photo.value = { url, reading: null, trouble: null };
      const show = (change: Partial<Photo>) => {
        if (photo.value?.url === url) photo.value = { ...photo.value, ...change };
      };
      try {
        const reading = await api.read(file);
        show({ reading });
        const face = reading.faces[0];
        if (face && photo.value?.url === url) await feel(face);
      } catch (error) {
        if (error instanceof Refusal)
          show({ trouble: { problem: error.problem, remedy: error.remedy } });
        else if (error instanceof Away)
          show({ trouble: { problem: texts.house.away, remedy: texts.again } });
        else throw error;
      }
    },
  };
}
