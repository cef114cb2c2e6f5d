import { signal } from "@preact/signals";
import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { OwnMusicSheet } from "./OwnMusicSheet";
import { createOwnMusic, type Shelf } from "./ownMusic";

const song = (name: string) => new File(["sound"], name, { type: "audio/ogg" });
const soon = () => new Promise((done) => setTimeout(done));

/** A cache in memory; one that is full takes nothing. */
function fakeShelf(full = false): Shelf {
  const kept = new Map<string, Blob>();
  return {
    keys: async () => [...kept.keys()].map((url) => ({ url })),
    match: async (url) => (kept.has(url) ? new Response(kept.get(url)) : undefined),
    put: async (url, answer) => {
      if (full) throw new DOMException("", "QuotaExceededError");
      kept.set(url, await answer.blob());
    },
    delete: async (url) => kept.delete(url),
  };
}

let otherPlays = signal(false);
let audio: HTMLAudioElement;
function own(shelf = fakeShelf()) {
  return createOwnMusic({ otherPlays, shelf: async () => shelf, audio });
}

beforeEach(() => {
  otherPlays = signal(false);
  audio = document.createElement("audio");
  audio.play = vi.fn(async () => {});
  audio.pause = vi.fn();
});

test("songs that were chosen are there again on the next visit", async () => {
  const shelf = fakeShelf();
  await own(shelf).add([song("tide & sea.ogg"), song("boats.ogg")]);
  const again = own(shelf);
  await soon();
  expect(again.songs.value).toEqual(["boats.ogg", "tide & sea.ogg"]);
});

test("one song follows on the other, and after the last it is quiet", async () => {
  const music = own();
  await music.add([song("a.ogg"), song("b.ogg")]);
  await music.play("a.ogg");
  audio.dispatchEvent(new Event("ended"));
  await soon();
  expect(music.playing.value).toBe("b.ogg");
  audio.dispatchEvent(new Event("ended"));
  await soon();
  expect(music.playing.value).toBeNull();
});

test("it is quiet as soon as the page's own music sounds", async () => {
  const music = own();
  await music.add([song("a.ogg")]);
  await music.play("a.ogg");
  otherPlays.value = true;
  expect(music.playing.value).toBeNull();
  expect(audio.pause).toHaveBeenCalled();
});

test("the sheet says what to do first, what plays, and what went wrong", async () => {
  const music = own();
  render(<OwnMusicSheet own={music} sound={{ playing: otherPlays }} onClose={() => {}} />);
  await screen.findByText("No songs are kept here yet.");
  await music.add([song("a.ogg")]);
  fireEvent.click(await screen.findByRole("button", { name: "Play a.ogg" }));
  fireEvent.click(await screen.findByRole("button", { name: "Pause a.ogg" }));
  audio.play = async () => {
    throw new DOMException("", "NotSupportedError");
  };
  fireEvent.click(await screen.findByRole("button", { name: "Play a.ogg" }));
  await screen.findByText("a.ogg would not play here.");
  fireEvent.click(screen.getByRole("button", { name: "Remove a.ogg" }));
  await screen.findByText("No songs are kept here yet.");
});

test("a browser without room says so", async () => {
  const music = own(fakeShelf(true));
  await music.add([song("a.ogg")]);
  expect(music.trouble.value).toEqual({ kind: "full" });
});
