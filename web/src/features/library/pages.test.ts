import { expect, test } from "vitest";
import type { Tracks } from "@/api/types";
import { fakeServer, track } from "@/testing";
import { createShelf, PAGE } from "./pages";

const soon = () => new Promise((done) => setTimeout(done));

test("only the pages in sight are fetched, each once", async () => {
  const { api, state } = fakeServer();
  const shelf = createShelf(api);
  shelf.look("");
  await soon();
  expect(shelf.total.value).toBe(10_000);
  shelf.sight(0, 20);
  shelf.sight(9_990, 9_999);
  shelf.sight(9_991, 9_999);
  await soon();
  expect(state.asked).toEqual([`tracks  0 ${PAGE}`, `tracks  9900 ${PAGE}`]);
  expect(shelf.track(9_990)?.title).toBe("9990");
  expect(shelf.track(5_000)).toBeUndefined();
});

test("an answer to older words is dropped", async () => {
  const answers: ((found: Tracks) => void)[] = [];
  const shelf = createShelf({ tracks: () => new Promise((done) => answers.push(done)) });
  shelf.look("low");
  shelf.look("low tide");
  answers[1]?.({ edition: "e1", total: 1, rows: [3], tracks: [track("Low Tide")] });
  const both = [track("Low"), track("Low Tide")];
  answers[0]?.({ edition: "e1", total: 2, rows: [2, 3], tracks: both });
  await soon();
  expect(shelf.total.value).toBe(1);
  expect(shelf.track(0)?.title).toBe("Low Tide");
});

test("a failed page is asked for again when it is looked at again", async () => {
  const { api, state } = fakeServer();
  const shelf = createShelf(api);
  state.gone = true;
  shelf.look("");
  await soon();
  expect(shelf.failed.value).not.toBeNull();
  state.gone = false;
  shelf.look("");
  await soon();
  expect(shelf.failed.value).toBeNull();
  expect(shelf.track(0)).toBeDefined();
});
