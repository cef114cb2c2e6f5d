/**
 * One video: read on this device, look after look, into a line of seconds.
 *
 * opening → reading → done; stopped keeps the seconds that are told. Out of sight it waits:
 * a page that nobody sees has no business with a processor.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Problem } from "@/api/types";
import type { Engine } from "@/reading/engine";
import type { Shelf } from "@/reading/shelf";
import { A_SECOND, createTimeline, type Second } from "@/reading/timeline";
import { texts } from "@/texts";
import { type Film, FilmTrouble } from "./film";
import { wordsOf } from "./words";

export type VideoState = "opening" | "reading" | "done" | "stopped";

export interface Video {
  /** Address of the video in this page; never leaves it. */
  url: string;
  name: string;
  state: VideoState;
  /** Whether it waits for the page to be seen. */
  waiting: boolean;
  /** What of the reader has been fetched, in [0, 1]. */
  fetched: number;
  /** Null until it is open. */
  lengthS: number | null;
  seconds: readonly Second[];
  /** Why it could not be read, or no further. */
  trouble: Problem | null;
}

export interface VideoReader {
  readonly video: ReadonlySignal<Video | null>;
  read(file: File): Promise<void>;
  /** Read no further, and keep what is told. */
  stop(): void;
  putAway(): void;
}

/** The part of a shelf that is used. */
export interface VideoShelf extends Pick<Shelf, "putBack"> {
  take(onProgress?: (share: number) => void): Promise<Pick<Engine, "look">>;
}

export interface VideoParts {
  shelf: VideoShelf;
  openFilm(url: string): Promise<Film>;
  page: Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;
}

export function createVideoReader({ shelf, openFilm, page }: VideoParts): VideoReader {
  const video = signal<Video | null>(null);

  function putAway() {
    if (video.value) URL.revokeObjectURL(video.value.url);
    video.value = null;
  }

  async function read(file: File) {
    putAway();
    const url = URL.createObjectURL(file);
    video.value = {
      url,
      name: file.name,
      state: "opening",
      waiting: false,
      fetched: 0,
      lengthS: null,
      seconds: [],
      trouble: null,
    };
    const mine = () => video.value?.url === url && video.value.state !== "stopped";
    const show = (change: Partial<Video>) => {
      if (video.value?.url === url) video.value = { ...video.value, ...change };
    };
    let film: Film | null = null;
    try {
      if (file.size === 0) throw new FilmTrouble(texts.video.empty, texts.video.chooseVideo);
      film = await openFilm(url); // first: most of what goes wrong costs no download
      if (!mine()) return;
      show({ lengthS: film.lengthS });
      await shelf.take((fetched) => show({ fetched }));
      if (!mine()) return;
      show({ state: "reading", fetched: 1 });
      await watch(film, mine, show);
      if (mine()) show({ state: "done" });
    } catch (error) {
      // What the engine says of itself is about the camera's switch; a video has none.
      const { problem } = wordsOf(error) ?? texts.engine.crashed;
      const remedy = error instanceof FilmTrouble ? error.remedy : texts.video.unreadHere;
      show({ state: "stopped", trouble: { problem, remedy } });
      if (!wordsOf(error)) throw error;
    } finally {
      film?.close();
      shelf.putBack();
    }
  }

  async function watch(film: Film, mine: () => boolean, show: (change: Partial<Video>) => void) {
    const line = createTimeline();
    const tell = (second: Second | null) => {
      if (second) show({ seconds: [...(video.value?.seconds ?? []), second] });
    };
    let seenAt = Number.NEGATIVE_INFINITY; // when a face was in sight last
    try {
      for (let count = 0; count / A_SECOND < film.lengthS; count += 1) {
        const at = count / A_SECOND;
        await inSight(page, mine, (waiting) => show({ waiting }));
        if (!mine()) return;
        const picture = await film.at(at);
        if (!mine()) {
          picture.close();
          return;
        }
        // Looking closer where nobody is costs ten times a look: once a second is enough.
        const thorough = count % A_SECOND === 0 || at - seenAt <= 1;
        const engine = await shelf.take(); // each time: nobody shall think it is not needed
        const look = await engine.look(picture, { thorough });
        if (look.faces.length + look.unread.length + look.others > 0) seenAt = at;
        if (!mine()) return;
        tell(line.take(look, at));
      }
    } finally {
      tell(line.rest());
    }
  }

  return {
    video,
    read,
    stop() {
      if (video.value && video.value.state !== "done")
        video.value = { ...video.value, state: "stopped", waiting: false };
    },
    putAway,
  };
}

/** Resolves when the page is in sight, or nobody waits any more. */
async function inSight(
  page: VideoParts["page"],
  mine: () => boolean,
  tell: (waiting: boolean) => void,
): Promise<void> {
  if (!page.hidden) return;
  tell(true);
  await new Promise<void>((done) => {
    const turned = () => {
      if (page.hidden && mine()) return;
      page.removeEventListener("visibilitychange", turned);
      done();
    };
    page.addEventListener("visibilitychange", turned);
  });
  tell(false);
}
