import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { Refusal } from "@/api/client";
import { createViewsApi, type ViewsApi } from "@/api/views";
import { track } from "@/testing";
import { FiveSheet } from "./FiveSheet";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});

const few = (names: string[]) => ({
  edition: "e",
  total: names.length,
  rows: [],
  tracks: names.map((name) => track(name)),
});

function open(more: Partial<ViewsApi> = {}) {
  const picked: string[] = [];
  const api: ViewsApi = {
    ...createViewsApi(async () => new Response(null, { status: 503 })),
    five: async () => few(["A", "B", "C", "D", "E"]),
    ranked: async (id) => ({
      mood: "calm",
      picked: track(id.replace("demo:", "")),
      of: 2,
      by_cosine: [
        { track: track("Far"), cosine: 1, distance: 0.9 },
        { track: track("Near"), cosine: 0.98, distance: 0.1 },
      ],
      by_distance: [
        { track: track("Near"), cosine: 0.98, distance: 0.1 },
        { track: track("Far"), cosine: 1, distance: 0.9 },
      ],
    }),
    ...more,
  };
  render(
    <FiveSheet
      api={api}
      listening={{
        pick: async (id: string) => {
          picked.push(id);
        },
      }}
      onClose={() => undefined}
    />,
  );
  const click = async (name: string) =>
    fireEvent.click(await screen.findByRole("button", { name, hidden: true }));
  return { picked, click };
}

test("the picked song's likest differ by direction and by distance, and both are told", async () => {
  const { click, picked } = open();
  expect(screen.getByText("Choose a mood to begin.")).toBeTruthy();
  await click("Calm");
  await click("Pick B");
  expect(await screen.findByText("Compared with 2 other songs of this mood.")).toBeTruthy();
  const scores = screen.getAllByText(/^cosine/).map((one) => one.textContent);
  expect(scores).toEqual([
    "cosine 1.0000, distance 0.90",
    "cosine 0.9800, distance 0.10",
    "cosine 0.9800, distance 0.10",
    "cosine 1.0000, distance 0.90",
  ]);
  expect(screen.getByText(/a faint feeling and a strong one count as the same/)).toBeTruthy();
  fireEvent.click(screen.getAllByRole("button", { name: "Play Near", hidden: true })[0] as Element);
  expect(picked).toEqual(["demo:Near"]);
  await click("Back to the five");
  expect(await screen.findByText("Pick one")).toBeTruthy();
});

test("a mood without songs says what to do", async () => {
  const { click } = open({ five: async () => few([]) });
  await click("Angry");
  expect(await screen.findByText(/No song of this mood is here/)).toBeTruthy();
});

test("when they cannot be drawn it says why, and tries again", async () => {
  let times = 0;
  const { click } = open({
    five: async () => {
      times += 1;
      if (times === 1) throw new Refusal("The store is busy.", "Wait a moment.", 503);
      return few(["A"]);
    },
  });
  await click("Sad");
  expect(await screen.findByText(/The store is busy/)).toBeTruthy();
  await click("Try again");
  expect(await screen.findByRole("button", { name: "Pick A", hidden: true })).toBeTruthy();
});
