import { signal } from "@preact/signals";
import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import { createViewsApi, type PastAccount, type PastSession, type ViewsApi } from "@/api/views";
import type { Notice } from "@/listening";
import { choice, session } from "@/testing";
import { createAsking } from "./asking";
import { CheckIn } from "./CheckIn";
import { EndSheet } from "./EndSheet";
import { lasting, monday } from "./going";
import { HistorySheet } from "./HistorySheet";
import { span } from "./MoodChart";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  localStorage.clear();
  sessionStorage.clear();
});

const past = (id: string, more: Partial<PastSession> = {}): PastSession => ({
  id,
  goal: "calm",
  started_at: "2026-11-21T20:00:00Z",
  ended_at: "2026-11-21T20:40:00Z",
  tracks: 2,
  before: null,
  after: null,
  ...more,
});

const account = (more: Partial<PastAccount> = {}): PastAccount => ({
  session: past("s1", {
    before: { valence: -0.5, arousal: 0.5 },
    after: { valence: 0.5, arousal: -0.5 },
  }),
  tracks: [
    {
      track: "demo:One",
      title: "One",
      artist: "Somebody",
      here: true,
      at: "2026-11-21T20:00:00Z",
      heard_s: 240,
      because: "It is calm.",
      goal: "calm",
      target: null,
      mood_after: { valence: 0.1, arousal: 0 },
      answers: [{ at: "2026-11-21T20:01:00Z", answer: "liked", position_s: 60 }],
    },
    {
      track: "demo:Two",
      title: "demo:Two",
      artist: "",
      here: false,
      at: "2026-11-21T20:04:00Z",
      heard_s: 30,
      because: "It is calm.",
      goal: "calm",
      target: null,
      mood_after: null,
      answers: [],
    },
  ],
  moods: [
    {
      at: "2026-11-21T20:00:00Z",
      valence: -0.5,
      arousal: 0.5,
      spread: null,
      source: "self",
    },
    { at: "2026-11-21T20:04:00Z", valence: 0.1, arousal: 0, spread: 0.2, source: "senses" },
  ],
  corrections: ["2026-11-21T20:02:00Z"],
  ...more,
});

const server = (more: Partial<ViewsApi> = {}): ViewsApi => ({
  ...createViewsApi(async () => new Response(null, { status: 503 })),
  history: async () => ({ total: 1, sessions: [past("s1")] }),
  past: async () => account(),
  recap: async (since, until) => ({
    since,
    until,
    sessions: 3,
    tracks: 20,
    different: 18,
    heard_s: 4500,
    liked: 2,
    goals: [
      { goal: "calm", tracks: 15 },
      { goal: "lift", tracks: 5 },
    ],
    change: { sessions: 2, valence: 0.4, arousal: 0, lighter: 2, heavier: 0 },
  }),
  ...more,
});

function open(more: Partial<ViewsApi> = {}) {
  const played: string[] = [];
  const closed = vi.fn();
  render(
    <HistorySheet
      api={server(more)}
      now={new Date(2026, 10, 22, 12)}
      listening={{
        pick: async (id: string) => {
          played.push(id);
        },
      }}
      onClose={closed}
    />,
  );
  const click = async (name: string | RegExp) =>
    fireEvent.click(await screen.findByRole("button", { name, hidden: true }));
  return { played, closed, click };
}

test("the week is told in plain words, with what changed", async () => {
  open();
  expect(await screen.findByText("3 sessions, 20 songs, 1 hour 15 minutes of music.")).toBeTruthy();
  expect(screen.getByText(/Mostly for calming and lifting/).textContent).toContain(
    "You liked 2 songs.",
  );
  expect(screen.getByText(/After 2 of 2 sessions .* more pleasant/)).toBeTruthy();
});

test("an earlier week is a week earlier, from Monday to Monday", async () => {
  const asked: string[][] = [];
  const { click } = open({
    recap: async (since, until) => {
      asked.push([since, until]);
      return server().recap(since, until);
    },
  });
  await click("The week before");
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]?.[1]).toBe(asked[0]?.[0]);
  expect(new Date(asked[1]?.[0] ?? "").getDay()).toBe(1);
});

test("a session shows its moods as a picture and as a table, and what was said of each song", async () => {
  const { click, played } = open();
  await click(/21 November/);
  expect(
    await screen.findByText("From fairly unpleasant, tense to fairly pleasant, calm"),
  ).toBeTruthy();
  expect(screen.getByRole("img", { name: "How your mood went", hidden: true })).toBeTruthy();
  const rows = screen.getAllByRole("row", { hidden: true }).map((row) => row.textContent);
  expect(rows).toHaveLength(4);
  expect(rows[2]).toContain("not how I feel");
  expect(screen.getByText(/heard for 4 minutes · you liked it/)).toBeTruthy();
  expect(screen.getByText(/no longer in your library/)).toBeTruthy();
  await click("Play One");
  expect(played).toEqual(["demo:One"]);
});

test("without a yes it says that only songs are kept, and how to change that", async () => {
  const { click } = open({ past: async () => account({ moods: [], corrections: [] }) });
  await click(/21 November/);
  expect(await screen.findByText(/Only the songs of this session are kept, no mood/)).toBeTruthy();
  expect(screen.queryByRole("img", { hidden: true })).toBeNull();
});

test("where nothing was played it says what to do", async () => {
  const { click, closed } = open({ history: async () => ({ total: 0, sessions: [] }) });
  expect(await screen.findByText(/Nothing has been played yet/)).toBeTruthy();
  await click("To the map");
  expect(closed).toHaveBeenCalled();
});

test("when it cannot be fetched it says why, and tries again", async () => {
  let times = 0;
  const { click } = open({
    history: async () => {
      times += 1;
      if (times === 1) throw new Refusal("The store is busy.", "Wait a moment.", 503);
      return { total: 1, sessions: [past("s1")] };
    },
  });
  expect(await screen.findByText(/The store is busy/)).toBeTruthy();
  await click("Try again");
  expect(await screen.findByText("Sessions")).toBeTruthy();
});

test("earlier sessions come when they are asked for", async () => {
  const { click } = open({
    history: async (offset) => ({
      total: 2,
      sessions: [past(`s${offset}`, { started_at: `2026-11-2${offset ? 0 : 1}T20:00:00Z` })],
    }),
  });
  expect(await screen.findByText("1 of 2 sessions")).toBeTruthy();
  await click("Show earlier ones");
  expect(await screen.findByText("2 of 2 sessions")).toBeTruthy();
  expect(screen.queryByText("Show earlier ones")).toBeNull();
});

test("a session goes only when asked twice", async () => {
  const gone: string[] = [];
  const { click } = open({
    deletePast: async (id) => {
      gone.push(id);
      return undefined;
    },
  });
  await click(/21 November/);
  await click("Delete this session");
  expect(screen.getByText(/What was learned from it stays/)).toBeTruthy();
  await click("Keep it");
  expect(gone).toEqual([]);
  await click("Delete this session");
  await click("Delete it");
  await vi.waitFor(() => expect(gone).toEqual(["s1"]));
  expect(await screen.findByText("Sessions")).toBeTruthy();
});

const running = session({ playing: choice("One") });
const yes = () => true;

test("how one is is asked once a session, with a yes, and not of who has said it", () => {
  const asking = createAsking();
  expect(asking.isDue(running, true)).toBe(true);
  expect(asking.isDue(running, false)).toBe(false);
  expect(asking.isDue(session(), true)).toBe(false);
  const told = {
    valence: 0.5,
    arousal: 0.5,
    covariance: [0.02, 0, 0.02] as [number, number, number],
    spread: 0.14,
    name: "happy",
    believed: { self: 1 },
    words: "",
  };
  expect(asking.isDue({ ...running, mood: told }, true)).toBe(false);
  asking.done(running.id);
  expect(asking.isDue(running, true)).toBe(false);
  expect(asking.isDue({ ...running, id: "s2" }, true)).toBe(true);
  asking.never();
  expect(createAsking().isDue({ ...running, id: "s3" }, true)).toBe(false);
});

test("where nothing can be stored it is asked all the same", () => {
  const barred = () => {
    throw new Error("barred");
  };
  const asking = createAsking({ local: barred, tab: barred });
  asking.never();
  expect(asking.isDue(running, true)).toBe(true);
});

function checkIn(api: Partial<ViewsApi>, say: (sentence: string) => void = () => {}) {
  const notice = signal<Notice | null>(null);
  render(
    <CheckIn
      api={server(api)}
      listening={{ session: signal(running), notice, agreed: yes, say }}
      onClose={() => undefined}
    />,
  );
  return notice;
}

test("the question is heard, too", () => {
  const heard: string[] = [];
  checkIn({}, (sentence) => heard.push(sentence));
  expect(heard).toEqual(["How are you, before the music?"]);
});

test("one tap says it, and the strip goes", async () => {
  const said: unknown[] = [];
  const notice = checkIn({
    checkIn: async (id, moment, place) => {
      said.push([id, moment, place]);
      return past(id);
    },
  });
  fireEvent.click(screen.getByRole("button", { name: "low" }));
  await vi.waitFor(() => expect(notice.value?.text).toContain("It is in your history"));
  expect(said).toEqual([["s1", "before", { valence: -0.5, arousal: -0.5 }]]);
  expect(screen.queryByText(/How are you/)).toBeNull();
});

test("it is said on the small map by arrows and Enter", async () => {
  const said: unknown[] = [];
  checkIn({
    checkIn: async (id, _, place) => {
      said.push(place);
      return past(id);
    },
  });
  fireEvent.click(screen.getByRole("button", { name: "Or on the map" }));
  const map = screen.getByRole("slider");
  for (const key of ["ArrowUp", "ArrowUp", "ArrowRight"]) fireEvent.keyDown(map, { key });
  expect(map.getAttribute("aria-valuetext")).toBeTruthy();
  fireEvent.keyDown(map, { key: "Enter" });
  await vi.waitFor(() => expect(said).toEqual([{ valence: 0.1, arousal: 0.2 }]));
});

test("skipped, nothing is kept and nobody asks again", () => {
  const asked = vi.fn();
  checkIn({ checkIn: asked });
  fireEvent.click(screen.getByRole("button", { name: "Skip" }));
  expect(screen.queryByText(/How are you/)).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

const sound = { position: signal(42) };

test("a session ends with a word, or without one", async () => {
  const acts: string[] = [];
  const ended = vi.fn();
  const api = server({
    checkIn: async (id, moment) => {
      acts.push(moment);
      return past(id);
    },
    endSession: async (_, position) => {
      acts.push(`end at ${position}`);
      return undefined;
    },
  });
  const sheet = (agreed: boolean) => (
    <EndSheet
      api={api}
      session="s1"
      listening={{ agreed: () => agreed, sound }}
      onEnded={ended}
      onClose={() => undefined}
    />
  );
  const { unmount } = render(sheet(true));
  fireEvent.click(screen.getByRole("button", { name: "calm", hidden: true }));
  await vi.waitFor(() => expect(ended).toHaveBeenCalledWith("s1"));
  expect(acts).toEqual(["after", "end at 42"]);
  unmount();
  render(sheet(false));
  expect(screen.getByText(/only with your agreement/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "End it", hidden: true }));
  await vi.waitFor(() => expect(acts).toEqual(["after", "end at 42", "end at 42"]));
});

test("what could not be ended goes on, and says so", async () => {
  const ended = vi.fn();
  render(
    <EndSheet
      api={server({
        endSession: async () => {
          throw new Refusal("The store is busy.", "Wait a moment.", 503);
        },
      })}
      session="s1"
      listening={{ agreed: yes, sound }}
      onEnded={ended}
      onClose={() => undefined}
    />,
  );
  fireEvent.click(screen.getByRole("button", { name: "End it without saying", hidden: true }));
  expect(await screen.findByText(/The store is busy/)).toBeTruthy();
  expect(ended).not.toHaveBeenCalled();
});

test("lengths are said as one says them", () => {
  expect(lasting(20)).toBe("less than a minute");
  expect(lasting(60)).toBe("1 minute");
  expect(lasting(7200)).toBe("2 hours");
  expect(lasting(3660)).toBe("1 hour 1 minute");
});

test("a week begins on Monday, also for a Sunday", () => {
  expect(monday(new Date(2026, 10, 22, 23)).toDateString()).toBe("Mon Nov 16 2026");
  expect(monday(new Date(2026, 10, 23, 1)).toDateString()).toBe("Mon Nov 23 2026");
  expect(monday(new Date(2026, 10, 23), 1).toDateString()).toBe("Mon Nov 16 2026");
});

test("the picture spans from the first that happened to the last, and never nothing", () => {
  const { from, to } = span(account());
  expect(to - from).toBe(40 * 60_000);
  const one = account({ session: past("s", { ended_at: null }), tracks: [], moods: [] });
  expect(span(one).to - span(one).from).toBe(60_000);
});
