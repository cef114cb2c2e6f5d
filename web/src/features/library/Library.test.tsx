import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";
import { createListening } from "@/listening";
import { fakeLive, fakeServer, fakeSound, scan } from "@/testing";
import { createAnnouncer } from "@/ui/announcer";
import { Library } from "./Library";

async function library(change: (api: ReturnType<typeof fakeServer>["api"]) => void = () => {}) {
  const server = fakeServer();
  change(server.api);
  const sound = fakeSound();
  const listening = createListening({
    api: server.api,
    announcer: createAnnouncer(),
    createSound: sound.create,
    openLive: fakeLive().open,
    knockEveryMs: 60_000,
  });
  await listening.open();
  render(<Library listening={listening} onClose={() => {}} />);
  return { ...server, listening, sound };
}

const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole("button", { name }));

test("a track of the list is opened, plays, and leads to others like it", {
  timeout: 20_000,
}, async () => {
  const { state, sound } = await library();
  await press(/^0 ?Somebody/);
  expect(await screen.findByText(/Fairly pleasant, calm, quite sure/)).toBeTruthy();
  expect(screen.getByText("Told from its sound.")).toBeTruthy();
  await screen.findByRole("slider", { name: "How its mood moves over time" });
  await press("Play it");
  await waitFor(() => expect(state.asked).toContain("play demo:0"));
  await waitFor(() => expect(sound.told).toContain("load 0"));
  await press("Pause");
  expect(sound.playing.value).toBe(false);
  await press(/^Alike ?Somebody/);
  await press("Back");
  await press("Back to the list");
  expect(screen.getByRole("searchbox")).toBeTruthy();
});

test("a course that cannot be had says why, and can be asked for again", async () => {
  let tries = 0;
  await library((api) => {
    const curve = api.curve;
    api.curve = async (id) => {
      tries += 1;
      if (tries === 1) throw new Error("gone");
      return curve(id);
    };
  });
  await press(/^0 ?Somebody/);
  await screen.findByText(/could not be listened through/);
  await press("Try again");
  await screen.findByRole("slider", { name: "How its mood moves over time" });
});

test("arrows on the map ask what lies near", async () => {
  const { state } = await library();
  const hand = await screen.findByRole("slider", { name: "Map of your music" });
  await waitFor(() =>
    expect(hand.getAttribute("aria-valuetext")).toBe(
      "4 tracks: 0 tense, 2 excited, 1 sad, 0 calm.",
    ),
  );
  fireEvent.keyDown(hand, { key: "ArrowUp" });
  fireEvent.keyDown(hand, { key: "ArrowUp" });
  expect(hand.getAttribute("aria-valuetext")).toContain("1 track near");
  fireEvent.keyDown(hand, { key: "Enter" });
  await waitFor(() => expect(state.asked).toContain("near 0 0.1 24"));
  await screen.findByText("Nearly");
});

test("without music the folder is offered first, and why it cannot be scanned is said", async () => {
  const { state } = await library((api) => {
    api.tracks = async () => ({ edition: "e0", total: 0, rows: [], tracks: [] });
    api.scan = async () =>
      scan({ problem: { problem: "There is no folder.", remedy: "Name another." } });
  });
  await screen.findByText("There is no music here yet.");
  await screen.findByText("/home/me/Music");
  expect(screen.getByRole("alert").textContent).toContain("There is no folder. Name another.");
  expect(screen.queryByRole("button", { name: "Scan it" })).toBeNull();
  expect(screen.getByText("affetto library scan ~/Music")).toBeTruthy();
  expect(state.asked).not.toContain("start scan");
});

test("a scan is started, shown and stopped from the list", async () => {
  const { state } = await library((api) => {
    const begin = api.startScan;
    api.startScan = async () => {
      await begin();
      return scan({
        state: "listening",
        to_hear: 40,
        heard: 10,
        failed: 2,
        left_s: 75,
        title: "Tide",
      });
    };
  });
  await press("Add your music");
  await press("Scan it");
  await screen.findByText(/12 of 40 files, about a minute left/);
  expect(screen.getByText("Tide")).toBeTruthy();
  await press("2 files could not be read: why?");
  await screen.findByText("Every file could be read.");
  await press("Back");
  await press("Stop");
  await waitFor(() => expect(state.asked).toContain("stop scan"));
  await screen.findByText(/Stopped\./);
});
