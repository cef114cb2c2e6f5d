import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import type { SpotifyApi, SpotifyList, SpotifyPlayed, SpotifyState } from "@/api/spotify";
import { Connect } from "./Connect";
import { SpotifySheet } from "./SpotifySheet";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});

const MOODS = ["happy", "calm", "neutral", "sad", "angry", "fear", "disgust", "surprise"] as const;
const ID = "0123456789abcdef0123456789abcdef";

const spotify = (more: Partial<SpotifyState> = {}): SpotifyState => ({
  connected: true,
  client_id: ID,
  redirect: "http://127.0.0.1:8765/api/spotify/callback",
  until: "2027-05-22T12:00:00Z",
  listed: null,
  playlist: null,
  put_on: 0,
  trouble: null,
  ...more,
});

const list = (more: Partial<SpotifyList> = {}): SpotifyList => ({
  wanted: 2,
  found: [song("One")],
  missed: [{ title: "Two", artist: "Nobody", link: "https://open.spotify.com/search/two" }],
  done: true,
  trouble: null,
  ...more,
});

const song = (title: string) => ({
  uri: `spotify:track:${title}`,
  title,
  artist: "Somebody",
  album: "",
  duration_s: 200,
  link: `https://open.spotify.com/track/${title}`,
});

const played = (more: Partial<SpotifyPlayed> = {}): SpotifyPlayed => ({
  mood: "happy",
  words: "",
  link: "https://open.spotify.com/",
  listed: null,
  trouble: null,
  ...more,
});

function fake(state: SpotifyState, more: Partial<SpotifyApi> = {}) {
  const words: Record<string, string> = { calm: "rain" };
  const presets = () => ({
    presets: MOODS.map((mood) => ({
      mood,
      words: words[mood] ?? "",
      link: `https://open.spotify.com/${words[mood] ? `search/${words[mood]}` : ""}`,
    })),
  });
  const asked: string[] = [];
  const device = { kind: "Computer", active: true, usable: true, chosen: false };
  const devices = { devices: [{ id: "desk", name: "Desk", ...device }] };
  const api: SpotifyApi = {
    state: async () => state,
    connect: async (id) => ({ url: `https://accounts.spotify.com/authorize?client_id=${id}` }),
    disconnect: async () => {
      asked.push("disconnect");
      state = spotify({ connected: false, until: null });
      return undefined;
    },
    devices: async () => devices,
    choose: async (id) => {
      asked.push(`choose ${id}`);
      return devices;
    },
    play: async (mood) => {
      asked.push(`play ${mood}`);
      return played();
    },
    playSong: async (uri) => {
      asked.push(`play ${uri}`);
      return played();
    },
    playing: async () => ({
      song: song("Harbour"),
      playing: true,
      position_s: 3,
      device: "Desk",
      volume: 0.5,
    }),
    steer: async (act) => {
      asked.push(act.do);
      return undefined;
    },
    queue: async (uri) => {
      asked.push(`queue ${uri}`);
      return undefined;
    },
    saved: async () => ({ songs: [song("Kept")], more: false }),
    presets: async () => presets(),
    setPresets: async (given) => {
      Object.assign(words, given);
      return presets();
    },
    keep: async (of, name) => {
      asked.push(`keep ${of} ${name}`);
      throw new Refusal("Nothing to keep.", "Play first.", 409);
    },
    ...more,
  };
  return { api, asked, words };
}

function open(state = spotify(), more: Partial<SpotifyApi> = {}) {
  const server = fake(state, more);
  let silenced = 0;
  render(
    <SpotifySheet
      api={server.api}
      onSound={() => {
        silenced += 1;
      }}
      onClose={() => undefined}
    />,
  );
  const click = async (name: string | RegExp) =>
    fireEvent.click(await screen.findByRole("button", { name, hidden: true }));
  return { ...server, click, silenced: () => silenced };
}

test("before it is connected it explains the three steps, and the links work all the same", async () => {
  open(spotify({ connected: false, until: null }));
  expect(await screen.findByText("http://127.0.0.1:8765/api/spotify/callback")).toBeTruthy();
  const link = await screen.findByRole("link", { name: "Open at Spotify: Calm", hidden: true });
  expect(link.getAttribute("href")).toBe("https://open.spotify.com/search/rain");
  expect(screen.queryByRole("button", { name: "Play: Calm", hidden: true })).toBeNull();
});

test("a Client ID is looked at before one is sent to Spotify", async () => {
  const { api } = fake(spotify());
  const went: string[] = [];
  render(
    <Connect
      api={api}
      state={spotify({ connected: false, client_id: "" })}
      go={(url) => went.push(url)}
    />,
  );
  const field = screen.getByLabelText(/Client ID/);
  fireEvent.input(field, { target: { value: "not one" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in at Spotify" }));
  expect(await screen.findByText("A Client ID is 32 letters and digits.")).toBeTruthy();
  expect(went).toEqual([]);
  fireEvent.input(field, { target: { value: ` ${ID} ` } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in at Spotify" }));
  await vi.waitFor(() => expect(went[0]).toContain(ID));
});

test("what fits is played, and the page's own music falls silent", async () => {
  const { click, asked, silenced } = open();
  await click("Play what fits now");
  await vi.waitFor(() => expect(asked).toContain("play null"));
  expect(silenced()).toBe(1);
  await click("Play: Calm");
  await vi.waitFor(() => expect(asked).toContain("play calm"));
});

test("what does not play says what to do, brings a link, and leaves the music here on", async () => {
  const trouble = { problem: "No device of yours is awake.", remedy: "Open the Spotify app." };
  const { click, silenced } = open(spotify(), { play: async () => played({ trouble }) });
  await click("Play: Happy");
  expect(await screen.findByText(/Open the Spotify app/)).toBeTruthy();
  const link = screen.getByRole("link", { name: "Open it at Spotify instead", hidden: true });
  expect(link.getAttribute("href")).toBe("https://open.spotify.com/");
  expect(silenced()).toBe(0);
});

test("the songs that Spotify does not have are named", async () => {
  open(spotify({ listed: list() }));
  expect(await screen.findByText("1 of 2 songs found at Spotify.")).toBeTruthy();
  expect(screen.getByText("1 song is not there")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Two by Nobody", hidden: true })).toBeTruthy();
});

test("words typed for a mood are kept, beside those of the other moods", async () => {
  const { words } = open();
  const field = await screen.findByLabelText("What to play for: Sad");
  fireEvent.change(field, { target: { value: "slow piano" } });
  await vi.waitFor(() => expect(words).toMatchObject({ calm: "rain", sad: "slow piano" }));
});

test("what plays links back to Spotify and is steered", async () => {
  const { click, asked } = open();
  const link = await screen.findByRole("link", { name: "Harbour by Somebody", hidden: true });
  expect(link.getAttribute("href")).toBe("https://open.spotify.com/track/Harbour");
  expect(screen.getByText("on Desk, played by Spotify")).toBeTruthy();
  await click("Pause");
  await click("Next");
  await vi.waitFor(() => expect(asked).toEqual(["pause", "next"]));
});

test("saved songs come when they are asked for, to play or for later", async () => {
  const { click, asked } = open();
  await click("Show them");
  await click("Play Kept");
  await vi.waitFor(() => expect(asked).toContain("play spotify:track:Kept"));
  await click("Put Kept into Spotify's queue");
  expect(await screen.findByText("Kept comes later.")).toBeTruthy();
});

test("a playlist that cannot be made says why", async () => {
  const { click, asked } = open();
  await click("The songs of this session");
  expect(await screen.findByText(/Nothing to keep/)).toBeTruthy();
  expect(asked).toContain("keep session Affetto");
});

test("a playlist that was made is linked to", async () => {
  const link = "https://open.spotify.com/playlist/1";
  const playlist = { name: "Evening", link, new: true, songs: 1, wanted: list(), trouble: null };
  open(spotify({ playlist }));
  const found = await screen.findByRole("link", { name: "Open the playlist", hidden: true });
  expect(found.getAttribute("href")).toBe(link);
});

test("it disconnects only when asked twice", async () => {
  const { click, asked } = open();
  await click("Disconnect");
  expect(asked).not.toContain("disconnect");
  await click("Disconnect it");
  expect(await screen.findByText("Sign in at Spotify")).toBeTruthy();
  expect(asked).toContain("disconnect");
});

test("a sign-in that failed says why", async () => {
  const trouble = { problem: "Nothing was allowed at Spotify.", remedy: "Connect again." };
  open(spotify({ connected: false, trouble }));
  expect(await screen.findByText(/Nothing was allowed/)).toBeTruthy();
});

test("when the server is away it says so, and tries again", async () => {
  let times = 0;
  const { click } = open(spotify(), {
    state: async () => {
      times += 1;
      if (times === 1) throw new Refusal("The store is busy.", "Wait a moment.", 503);
      return spotify();
    },
  });
  expect(await screen.findByText(/The store is busy/)).toBeTruthy();
  await click("Try again");
  expect(await screen.findByText("Where it sounds")).toBeTruthy();
});
