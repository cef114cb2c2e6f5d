/**
 * Songs that the listener keeps in this browser, and plays without any server.
 *
 * They lie in a cache of their own, as they were chosen; nobody fetches or sends them.
 * They play one after the other, and are quiet as soon as the page's own music sounds.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";

const KEPT_AS = "affetto-own-music";
const AT = "/own/"; // no address of the server's: only the name of a kept song

/** The part of a Cache that is used. */
export interface Shelf {
  keys(): Promise<readonly { url: string }[]>;
  match(url: string): Promise<Response | undefined>;
  put(url: string, song: Response): Promise<void>;
  delete(url: string): Promise<boolean>;
}

export interface OwnMusic {
  /** The names of the songs that are kept; null until that is known. */
  readonly songs: ReadonlySignal<readonly string[] | null>;
  readonly playing: ReadonlySignal<string | null>;
  /** What went wrong last. */
  readonly trouble: ReadonlySignal<{ kind: "full" } | { kind: "unplayable"; name: string } | null>;
  add(files: Iterable<File>): Promise<void>;
  remove(name: string): Promise<void>;
  play(name: string): Promise<void>;
  pause(): void;
}

export interface OwnMusicParts {
  /** Whether the page's own music sounds. */
  otherPlays: ReadonlySignal<boolean>;
  shelf?: () => Promise<Shelf>;
  audio?: HTMLAudioElement;
}

export function createOwnMusic({
  otherPlays,
  shelf = () => caches.open(KEPT_AS),
  audio = new Audio(),
}: OwnMusicParts): OwnMusic {
  const songs = signal<readonly string[] | null>(null);
  const playing = signal<string | null>(null);
  const trouble = signal<OwnMusic["trouble"]["value"]>(null);
  let loaded: string | null = null;

  const at = (name: string) => `${AT}${encodeURIComponent(name)}`;
  const nameOf = ({ url }: { url: string }) =>
    decodeURIComponent(url.slice(url.lastIndexOf("/") + 1));

  async function look() {
    try {
      const kept = (await (await shelf()).keys()).map(nameOf);
      songs.value = kept.sort((one, other) => one.localeCompare(other));
    } catch {
      songs.value = [];
    }
  }

  async function play(name: string) {
    trouble.value = null;
    try {
      if (loaded !== name) {
        const song = await (await shelf()).match(at(name));
        if (!song) throw new Error("it is not kept any more");
        if (audio.src) URL.revokeObjectURL(audio.src);
        audio.src = URL.createObjectURL(await song.blob());
        loaded = name;
      }
      await audio.play();
      playing.value = name;
    } catch {
      playing.value = null;
      trouble.value = { kind: "unplayable", name };
    }
  }

  function pause() {
    audio.pause();
    playing.value = null;
  }

  audio.addEventListener("ended", () => {
    const all = songs.value ?? [];
    const next = all[all.indexOf(loaded ?? "") + 1];
    playing.value = null;
    if (next) void play(next);
  });
  effect(() => {
    if (otherPlays.value) pause();
  });
  void look();

  return {
    songs,
    playing,
    trouble,
    async add(files) {
      trouble.value = null;
      try {
        const kept = await shelf();
        for (const file of files)
          await kept.put(
            at(file.name),
            new Response(file, { headers: { "content-type": file.type } }),
          );
      } catch {
        trouble.value = { kind: "full" };
      }
      await look();
    },
    async remove(name) {
      if (loaded === name) {
        pause();
        loaded = null;
      }
      await (await shelf()).delete(at(name));
      await look();
    },
    play,
    pause,
  };
}
