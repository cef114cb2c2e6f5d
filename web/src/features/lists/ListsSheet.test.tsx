import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import { createViewsApi, type EditSong, type ListedSong, type ViewsApi } from "@/api/views";
import { ListsSheet } from "./ListsSheet";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  localStorage.clear();
});

const song = (title: string): ListedSong => ({
  title,
  artist: "Somebody",
  year: 1999,
  language: "English",
  region: "",
  valence: 0.6,
  arousal: 0.2,
  because: "It shines.",
  explicit: false,
  edited: false,
  owned: null,
  link: "https://example.org/",
});

/** A server with one list that can be changed. */
function server(more: Partial<ViewsApi> = {}) {
  let songs = [song("One"), song("Two"), song("Three")];
  const edits: EditSong[] = [];
  const told = () => ({ emotion: "happy", service: "youtube", edited: true, songs: [...songs] });
  const api: ViewsApi = {
    ...createViewsApi(async () => new Response(null, { status: 503 })),
    songList: async () => told(),
    editSong: async (_, given) => {
      edits.push(given);
      const next = { ...song(given.title), artist: given.artist };
      songs = given.instead_of
        ? songs.map((one) => (one.title === given.instead_of?.title ? next : one))
        : [...songs, next];
      return told();
    },
    removeSong: async (_, { title }) => {
      songs = songs.filter((one) => one.title !== title);
      return told();
    },
    moveSong: async (_, { title }, to) => {
      const moved = songs.find((one) => one.title === title) as ListedSong;
      songs = songs.filter((one) => one !== moved);
      songs.splice(to, 0, moved);
      return told();
    },
    ...more,
  };
  return { api, edits };
}

function open(more: Partial<ViewsApi> = {}) {
  const { api, edits } = server(more);
  render(<ListsSheet api={api} onClose={() => undefined} />);
  const click = async (name: string) =>
    fireEvent.click(await screen.findByRole("button", { name, hidden: true }));
  const type = (label: string, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } });
  const titles = () =>
    screen
      .getAllByRole("button", { name: /^Change /, hidden: true })
      .map((one) => one.getAttribute("aria-label")?.replace("Change ", ""));
  return { api, edits, click, type, titles };
}

test("a song is moved, removed and put back where it was", async () => {
  const { click, titles } = open();
  await click("Move One down");
  await vi.waitFor(() => expect(titles()).toEqual(["Two", "One", "Three"]));
  expect(screen.getByText("One is now number 2.")).toBeTruthy();
  await click("Remove Two");
  await vi.waitFor(() => expect(titles()).toEqual(["One", "Three"]));
  await click("Put it back");
  await vi.waitFor(() => expect(titles()).toEqual(["Two", "One", "Three"]));
});

test("changing a song keeps what the form does not ask", async () => {
  const { click, type, edits } = open();
  await click("Change Two");
  type("Title", "Second");
  await click("Keep it");
  expect(await screen.findByText("Second is kept.")).toBeTruthy();
  expect(edits[0]).toMatchObject({
    title: "Second",
    language: "English",
    valence: 0.6,
    instead_of: { title: "Two", artist: "Somebody" },
  });
});

test("what is typed survives a refusal, and the page being closed", async () => {
  const refused = async () => {
    throw new Refusal("The list already has it.", "Change that one instead.", 422);
  };
  const { click, type } = open({ editSong: refused });
  await click("Add a song");
  type("Title", "Paper Boats");
  type("Artist", "Low Tide");
  await click("Keep it");
  expect(await screen.findByText(/The list already has it/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Title").value).toBe("Paper Boats");
  cleanup();
  const again = open();
  expect((await screen.findByLabelText<HTMLInputElement>("Artist")).value).toBe("Low Tide");
  expect(screen.getByText("What you typed before is still here.")).toBeTruthy();
  await again.click("Keep it");
  expect(await screen.findByText("Paper Boats is kept.")).toBeTruthy();
  expect(localStorage.length).toBe(0);
});

test("a bad file names its line, and a good one says what it did", async () => {
  let bad = true;
  open({
    importList: async () => {
      if (bad) throw new Refusal("Line 3 of my.csv: 'soon' is no year.", "Mend it.", 422);
      return { added: 2, changed: 1, unchanged: 0, removed: 0 };
    },
  });
  await screen.findByText("As files");
  const chooser = document.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement;
  const bring = () => {
    const file = new File(["title,artist\n"], "my.csv");
    Object.defineProperty(chooser, "files", { value: [file], configurable: true });
    fireEvent.change(chooser);
  };
  bring();
  expect(await screen.findByText(/Line 3 of my.csv/)).toBeTruthy();
  bad = false;
  bring();
  expect(await screen.findByText("2 added, 1 changed, 0 removed.")).toBeTruthy();
  expect(screen.queryByText(/Line 3/)).toBeNull();
});

test("a list that cannot be fetched says why, and tries again", async () => {
  let times = 0;
  const { click } = open({
    songList: async () => {
      times += 1;
      if (times === 1) throw new Refusal("Line 2 of sad.yaml: no artist.", "Mend it.", 422);
      return { emotion: "happy", service: "youtube", edited: false, songs: [] };
    },
  });
  expect(await screen.findByText(/Line 2 of sad.yaml/)).toBeTruthy();
  await click("Try again");
  expect(await screen.findByText(/This list is empty/)).toBeTruthy();
});
