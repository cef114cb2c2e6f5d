import { fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Away, Refusal } from "@/api/client";
import type {
  ListenBrainz,
  OutgoingApi,
  PlaylistPlace,
  YouTubePlaylist,
  YouTubeState,
} from "@/api/outgoing";
import { ListenBrainzPart } from "./ListenBrainzPart";
import { PlaylistSheet } from "./PlaylistSheet";
import { YouTubeMaking } from "./YouTubeMaking";
import { YouTubePart } from "./YouTubePart";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
});

const brainz: ListenBrainz = {
  connected: false,
  user: "",
  waiting: 0,
  told_at: null,
  trouble: null,
  consent: { version: "v1", text: ["Titles are sent.", "No mood is sent."] },
};
const tube: YouTubeState = {
  connected: false,
  redirect: "http://127.0.0.1:8765/api/youtube/callback",
  trouble: null,
  playlist: null,
};
const playlist = (more: Partial<YouTubePlaylist>): YouTubePlaylist => ({
  title: "Queue",
  total: 3,
  added: 0,
  missed: [],
  left: 3,
  url: "",
  finished: false,
  trouble: null,
  ...more,
});

/** A server that remembers what it was told. */
class FakeServer implements OutgoingApi {
  brainz = brainz;
  tube = tube;
  saved: string[] = [];
  trouble: Error | null = null;

  private async answer<T>(told: T): Promise<T> {
    if (this.trouble) throw this.trouble;
    return told;
  }
  saveQueue: OutgoingApi["saveQueue"] = (form, from) => {
    this.saved.push(`${form} ${from}`);
    return this.answer({ name: `Queue.${form}`, data: new Blob(["#EXTM3U"]) });
  };
  places: PlaylistPlace[] = [];
  kept: string[] = [];
  playlistPlaces = () => this.answer({ places: this.places });
  keepPlaylist = async (provider: string, name: string) => {
    if (name === "Taken") throw new Refusal("There is one called so.", "Choose another.", 400);
    this.kept.push(`${provider} ${name}`);
    return { name: name || "Queue of today", songs: 2, missing: ["Rain"] };
  };
  listenBrainz = () => this.answer(this.brainz);
  connectListenBrainz = async (token: string, version: string) => {
    if (token !== "right") throw new Refusal("ListenBrainz does not know it.", "Copy it.", 502);
    this.brainz = { ...brainz, connected: true, user: `lowtide ${version}`, waiting: 2 };
    return this.brainz;
  };
  disconnectListenBrainz = async () => {
    this.brainz = brainz;
    return undefined;
  };
  youTube = () => this.answer(this.tube);
  connectYouTube = async (client: string, secret: string) => ({
    url: `https://accounts.google.com/?${client}&${secret}`,
  });
  disconnectYouTube = async () => {
    this.tube = tube;
    return undefined;
  };
  makeYouTubePlaylist = async () => {
    const made = playlist({});
    this.tube = { ...this.tube, playlist: made };
    return made;
  };
}

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
  vi.useRealTimers();
});

const button = (name: string | RegExp) => screen.getByRole("button", { name });

test("the queue is saved in the format one picks, with files named as one wishes", async () => {
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  render(<PlaylistSheet api={server} onClose={() => {}} />);
  fireEvent.click(button("Save as M3U8"));
  await screen.findByText("Saved: Queue.m3u8");
  fireEvent.click(screen.getByRole("checkbox", { name: /Name files as seen/ }));
  fireEvent.click(button("Save as JSPF"));
  await screen.findByText("Saved: Queue.jspf");
  expect(server.saved).toEqual(["m3u8 absolute", "jspf relative"]);
  expect(names).toEqual(["Queue.m3u8", "Queue.jspf"]);
});

test("a queue that cannot be saved says why, and what to do", async () => {
  render(<PlaylistSheet api={server} onClose={() => {}} />);
  server.trouble = new Refusal("None is a file.", "Save it as XSPF.", 404);
  fireEvent.click(button("Save as M3U8"));
  expect((await screen.findByRole("alert")).textContent).toContain("Save it as XSPF.");
});

test("the queue is kept by a music server, and what it does not have is named", async () => {
  server.places = [
    { name: "subsonic", title: "Navidrome" },
    { name: "mpd", title: "MPD" },
  ];
  render(<PlaylistSheet api={server} onClose={() => {}} />);
  fireEvent.click(await screen.findByRole("button", { name: "Keep it in MPD" }));
  await screen.findByText("“Queue of today” holds 2 songs. Not there: Rain.");
  fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Taken" } });
  fireEvent.click(button("Keep it in Navidrome"));
  expect((await screen.findByRole("alert")).textContent).toContain("Choose another.");
  fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Evening" } });
  fireEvent.click(button("Keep it in Navidrome"));
  await screen.findByText(/“Evening” holds/);
  expect(server.kept).toEqual(["mpd ", "subsonic Evening"]);
});

test("ListenBrainz is connected only after its text was read", async () => {
  const onChanged = vi.fn();
  render(<ListenBrainzPart api={server} onChanged={onChanged} />);
  fireEvent.click(await screen.findByRole("button", { name: "Connect ListenBrainz" }));
  screen.getByText("No mood is sent.");
  const token = screen.getByLabelText("User token") as HTMLInputElement;
  expect(token.type).toBe("password");
  fireEvent.input(token, { target: { value: "wrong" } });
  fireEvent.click(button("I agree, connect"));
  expect((await screen.findByRole("alert")).textContent).toContain("Copy it.");
  fireEvent.input(token, { target: { value: "right" } });
  fireEvent.click(button("I agree, connect"));
  await screen.findByText("Connected as lowtide v1 · 2 songs wait to be told.");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(onChanged).toHaveBeenCalledOnce();
});

test("ListenBrainz is disconnected after asking once more", async () => {
  server.brainz = { ...brainz, connected: true, user: "lowtide" };
  render(<ListenBrainzPart api={server} onChanged={() => {}} />);
  await screen.findByText("Connected as lowtide · All that was heard is told.");
  fireEvent.click(button("Disconnect ListenBrainz"));
  expect(document.activeElement?.textContent).toBe("Keep it");
  const asked = screen.getByRole("group", { name: "Disconnect ListenBrainz" });
  fireEvent.click(within(asked).getByRole("button", { name: "Disconnect" }));
  await screen.findByText("Not connected");
});

test("a server that is away is asked again", async () => {
  server.trouble = new Away("gone");
  render(<ListenBrainzPart api={server} onChanged={() => {}} />);
  await screen.findByRole("alert");
  server.trouble = null;
  fireEvent.click(button("Try again"));
  await screen.findByRole("button", { name: "Connect ListenBrainz" });
});

test("YouTube is signed in to in another window, and the page notices", async () => {
  const onChanged = vi.fn();
  render(<YouTubePart api={server} onChanged={onChanged} />);
  fireEvent.click(await screen.findByRole("button", { name: "Connect YouTube" }));
  screen.getByText(/127\.0\.0\.1:8765\/api\/youtube\/callback/);
  fireEvent.input(screen.getByLabelText("Client ID"), { target: { value: "id" } });
  fireEvent.input(screen.getByLabelText("Client secret"), { target: { value: "s" } });
  vi.useFakeTimers();
  fireEvent.click(button("Next"));
  await vi.advanceTimersByTimeAsync(0);
  const go = screen.getByRole("link", { name: "Go on at Google" }) as HTMLAnchorElement;
  expect(go.href).toBe("https://accounts.google.com/?id&s");
  expect(go.target).toBe("_blank");
  server.tube = { ...tube, connected: true };
  await vi.advanceTimersByTimeAsync(2000);
  expect(onChanged).toHaveBeenCalledOnce();
  expect(screen.queryByRole("link", { name: "Go on at Google" })).toBeNull();
  screen.getByRole("button", { name: "Disconnect YouTube" });
});

test("a playlist at YouTube tells how far it is, and what is not in it", async () => {
  server.tube = { ...tube, connected: true };
  render(<YouTubeMaking api={server} />);
  const make = await screen.findByRole("button", { name: "Make a playlist at YouTube" });
  vi.useFakeTimers();
  fireEvent.click(make);
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByRole("status").textContent).toContain("0 of 3 songs looked for");
  const missed = {
    title: "Low Tide",
    artist: "Élan",
    why: "YouTube found no video of it.",
    link: "https://www.youtube.com/results?search_query=x",
  };
  server.tube = {
    ...server.tube,
    playlist: playlist({
      added: 1,
      missed: [missed],
      left: 1,
      url: "https://www.youtube.com/playlist?list=PL0",
      finished: true,
      trouble: { problem: "The day is used up.", remedy: "Go on tomorrow." },
    }),
  };
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  await waitFor(() =>
    expect(screen.getByRole("status").textContent).toBe(
      "1 song is in the playlist. 1 song was not tried.",
    ),
  );
  screen.getByText("Go on tomorrow.");
  const find = screen.getByRole("link", { name: "Look for “Low Tide”" }) as HTMLAnchorElement;
  expect(find.href).toBe(missed.link);
});
