import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { Away } from "@/api/client";
import { createViewsApi, type ViewsApi } from "@/api/views";
import { TableSheet } from "./TableSheet";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});

const row = (title: string, popularity: number | null, track: string | null = null) => ({
  title,
  artist: "Somebody",
  mood: "sad",
  popularity,
  track,
});

function open(popular: ViewsApi["popular"]) {
  const picked: string[] = [];
  render(
    <TableSheet
      api={{ ...createViewsApi(async () => new Response(null, { status: 503 })), popular }}
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

test("what can be played here has its button, and what cannot says so", async () => {
  const { click, picked } = open(async () => ({
    total: 3,
    known: 2,
    playable: 1,
    rows: [row("Top", 90), row("Mine", 40, "demo:Mine"), row("Unheard of", null)],
  }));
  expect(await screen.findByText("3 songs, 1 of them can be played here.")).toBeTruthy();
  const cells = screen.getAllByRole("row", { hidden: true }).map((one) => one.textContent);
  expect(cells[1]).toBe("TopSomebodySad90not here");
  expect(cells[3]).toContain("not known");
  await click("Play Mine");
  expect(picked).toEqual(["demo:Mine"]);
});

test("the pages of a mood are asked for one at a time", async () => {
  const asked: unknown[] = [];
  const { click } = open(async (mood, offset, limit) => {
    asked.push([mood, offset, limit]);
    return { total: 120, known: 0, playable: 0, rows: [row(`Song ${offset}`, null)] };
  });
  expect(await screen.findByText("Page 1 of 3")).toBeTruthy();
  await click("Next page");
  expect(await screen.findByText("Page 2 of 3")).toBeTruthy();
  await click("Happy");
  expect(await screen.findByText("Page 1 of 3")).toBeTruthy();
  expect(asked).toEqual([
    [null, 0, 50],
    [null, 50, 50],
    ["happy", 0, 50],
  ]);
  expect(screen.getByText(/affetto library import/)).toBeTruthy();
});

test("an empty table says what to do, and one that fails how to go on", async () => {
  let away = true;
  const { click } = open(async () => {
    if (away) throw new Away("The server does not answer.");
    return { total: 0, known: 0, playable: 0, rows: [] };
  });
  expect(await screen.findByText(/The table could not be fetched/)).toBeTruthy();
  away = false;
  await click("Try again");
  expect(await screen.findByText(/No song of this mood is known here/)).toBeTruthy();
});
