import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EngineFailure } from "@/reading/engine";
import { faceOf, lookAt } from "@/reading/testing";
import type { Look, LookOptions } from "@/reading/types";
import { texts } from "@/texts";
import { FilmTrouble } from "./film";
import { createVideoReader } from "./video";

beforeEach(() => {
  vi.stubGlobal(
    "URL",
    Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL() {} }),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const HAPPY = faceOf({ happy: 0.9, neutral: 0.1 });
const clip = new File(["film"], "me.webm", { type: "video/webm" });
const soon = () => new Promise((done) => setTimeout(done));

/** A video of a smile that leaves after four seconds, and what becomes of it. */
function room(more: { lengthS?: number; engine?: EngineFailure; film?: FilmTrouble } = {}) {
  const asked: number[] = [];
  const looks: (LookOptions | undefined)[] = [];
  let closed = 0;
  let turn = () => {};
  const page = {
    hidden: false,
    addEventListener: (_: string, hear: () => void) => {
      turn = hear;
    },
    removeEventListener: () => {
      turn = () => {};
    },
  };
  let held: Promise<void> | null = null;
  let tornAt = Number.POSITIVE_INFINITY;
  const reader = createVideoReader({
    shelf: {
      putBack() {},
      take: async (onProgress?: (share: number) => void) => {
        onProgress?.(0.5);
        if (more.engine) throw more.engine;
        return {
          look: async (_: unknown, options?: LookOptions) => {
            looks.push(options);
            const at = asked.at(-1) ?? 0;
            return { ...lookAt(at < 4 ? HAPPY : null), ms: 9 } as Look & {
              ms: number;
              shown: never;
            };
          },
        };
      },
    },
    openFilm: async () => {
      if (more.film) throw more.film;
      return {
        lengthS: more.lengthS ?? 6.5,
        at: async (seconds) => {
          await held;
          if (seconds >= tornAt) throw new FilmTrouble("Torn.", "Mend it.");
          asked.push(seconds);
          return { close() {} } as ImageBitmap;
        },
        close() {
          closed += 1;
        },
      };
    },
    page: page as unknown as Document,
  });
  return {
    ...reader,
    asked,
    looks,
    closed: () => closed,
    tear: (at: number) => {
      tornAt = at;
    },
    hold() {
      let go = () => {};
      held = new Promise((done) => {
        go = done;
      });
      return () => {
        held = null;
        go();
      };
    },
    hide(hidden: boolean) {
      page.hidden = hidden;
      turn();
    },
  };
}

test("a video is read five times a second into a line of seconds", async () => {
  const { video, read, asked, closed } = room();
  await read(clip);
  expect(video.value?.state).toBe("done");
  expect(asked).toHaveLength(33);
  expect(asked[1]).toBeCloseTo(0.2, 9);
  const told = video.value?.seconds.map(({ reading, why }) => reading?.expression ?? why);
  expect(told).toEqual(["happy", "happy", "happy", "happy", "nobody", "nobody", "nobody"]);
  expect(closed()).toBe(1);
});

test("where nobody is, it looks closer only once a second", async () => {
  const { read, looks } = room();
  await read(clip);
  const closer = looks.map((one) => one?.thorough);
  expect(closer.slice(0, 24)).not.toContain(false);
  expect(closer.slice(25, 30)).toEqual([true, false, false, false, false]);
});

test("stopped, it keeps what is told and looks no more", async () => {
  const { video, read, stop, asked } = room({ lengthS: 60 });
  video.subscribe((now) => {
    if (now?.state === "reading" && now.seconds.length === 2) stop();
  });
  await read(clip);
  expect(video.value).toMatchObject({ state: "stopped", trouble: null });
  expect(video.value?.seconds.map(({ looks }) => looks)).toEqual([5, 5, 1]);
  expect(asked).toHaveLength(11);
});

test("out of sight it waits, and goes on where it was", async () => {
  const { video, read, asked, hide } = room();
  hide(true);
  const reading = read(clip);
  await expect.poll(() => video.value?.waiting).toBe(true);
  expect(asked).toHaveLength(0);
  hide(false);
  await reading;
  expect(video.value).toMatchObject({ state: "done", waiting: false });
  expect(asked).toHaveLength(33);
});

test("put away while it is read, nothing of it comes back", async () => {
  const { video, read, putAway, closed, hold } = room();
  const go = hold();
  const reading = read(clip);
  await soon();
  putAway();
  go();
  await reading;
  expect(video.value).toBeNull();
  expect(closed()).toBe(1);
});

test("a video that breaks off tells what was read before, and why", async () => {
  const { video, read, tear, closed } = room();
  tear(2.5);
  await read(clip);
  expect(video.value).toMatchObject({
    state: "stopped",
    trouble: { problem: "Torn.", remedy: "Mend it." },
  });
  expect(video.value?.seconds.map(({ looks }) => looks)).toEqual([5, 5, 3]);
  expect(closed()).toBe(1);
});

test("no engine, no video that opens, an empty file: each says what to do", async () => {
  const engine = room({ engine: new EngineFailure("no-simd") });
  await engine.read(clip);
  expect(engine.video.value?.trouble?.problem).toBe(texts.engine["no-simd"].problem);
  expect(engine.video.value?.trouble?.remedy).toContain("another browser");
  expect(engine.closed()).toBe(1);

  const film = room({
    film: new FilmTrouble(texts.video.unreadable, texts.video.unreadableRemedy),
  });
  await film.read(clip);
  expect(film.video.value?.trouble?.remedy).toContain("MP4 or WebM");

  const empty = room();
  await empty.read(new File([], "empty.mp4", { type: "video/mp4" }));
  expect(empty.video.value?.trouble?.problem).toBe("The file is empty.");
});
