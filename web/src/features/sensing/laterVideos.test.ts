import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { texts } from "@/texts";
import { laterVideos } from "./laterVideos";
import type { Video, VideoReader } from "./video";

const film = (name: string) => new File(["film"], name, { type: "video/webm" });

/** A reader that shows what it was given, and a script that comes when it is told to. */
function room() {
  const video = signal<Video | null>(null);
  const done: string[] = [];
  const reader: VideoReader = {
    video,
    async read({ name }) {
      done.push(`read ${name}`);
      video.value = {
        url: `blob:${name}`,
        name,
        state: "reading",
        waiting: false,
        fetched: 1,
        lengthS: 9,
        seconds: [],
        trouble: null,
      };
    },
    stop: () => void done.push("stop"),
    putAway() {
      done.push("put away");
      video.value = null;
    },
  };
  const coming: { come(): void; fail(): void }[] = [];
  const later = laterVideos(
    () =>
      new Promise((come, fail) => {
        coming.push({ come: () => come(reader), fail: () => fail(new Error("offline")) });
      }),
  );
  return { later, video, done, coming };
}

test("a mere visit fetches nothing; the first video does, and only once", async () => {
  const { later, done, coming } = room();
  expect(coming).toHaveLength(0);
  later.stop();
  later.putAway(); // nothing is there to be stopped
  expect(done).toEqual([]);
  const reading = later.read(film("one"));
  coming[0]?.come();
  await reading;
  await later.read(film("two"));
  expect(coming).toHaveLength(1);
  expect(done).toEqual(["read one", "read two"]);
});

test("what is read is shown as it goes on, stopped and put away as asked", async () => {
  const { later, video, done, coming } = room();
  const reading = later.read(film("one"));
  expect(later.video.value).toBeNull();
  coming[0]?.come();
  await reading;
  expect(later.video.value).toMatchObject({ name: "one", state: "reading" });
  video.value = { ...(video.value as Video), state: "done" };
  expect(later.video.value?.state).toBe("done");
  later.stop();
  later.putAway();
  expect(done).toEqual(["read one", "stop", "put away"]);
  expect(later.video.value).toBeNull();
});

test("a script that does not arrive is said, and the next video asks for it anew", async () => {
  const { later, done, coming } = room();
  const failing = later.read(film("one"));
  coming[0]?.fail();
  await failing;
  expect(later.video.value).toMatchObject({
    name: "one",
    state: "stopped",
    trouble: texts.engine.download,
  });
  later.putAway();
  expect(later.video.value).toBeNull();
  const reading = later.read(film("two"));
  coming[1]?.come();
  await reading;
  expect(done).toEqual(["read two"]);
});

test("of videos chosen while the script comes only the last is read", async () => {
  const { later, done, coming } = room();
  const both = [later.read(film("one")), later.read(film("two"))];
  for (const { come } of coming) come();
  await Promise.all(both);
  expect(done).toEqual(["read two"]);
});

test("put away while the script comes, it does not come back", async () => {
  const { later, done, coming } = room();
  const reading = later.read(film("one"));
  later.putAway();
  coming[0]?.come();
  await reading;
  expect(done).toEqual([]);
  expect(later.video.value).toBeNull();
});
