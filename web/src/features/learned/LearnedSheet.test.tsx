import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import type { Preferences } from "@/api/types";
import { fakeServer, learned } from "@/testing";
import { LearnedSheet } from "./LearnedSheet";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});

function open(more: Partial<ReturnType<typeof fakeServer>["api"]> = {}) {
  const { api, state } = fakeServer();
  const unliked: string[] = [];
  render(
    <LearnedSheet
      listening={{
        api: { ...api, ...more },
        unlike: async (uri) => {
          unliked.push(uri);
        },
      }}
      onClose={() => undefined}
    />,
  );
  const click = async (name: string | RegExp) =>
    fireEvent.click(await screen.findByRole("button", { name, hidden: true }));
  return { state, unliked, click };
}

test("what is known is said with how much it rests on; what is unclear is folded away", async () => {
  open();
  expect(await screen.findByText("You like quiet music.")).toBeTruthy();
  const rests = screen.getAllByText(/from 9 answers, between/).map((one) => one.textContent);
  expect(rests[0]).toBe("from 9 answers, between \u22120.30 and \u22120.10");
  expect(screen.getByText("Not clear yet: 1")).toBeTruthy();
  expect(screen.getByText("No effect known yet.")).toBeTruthy();
});

test("of a stranger it says what to do", async () => {
  const stranger = learned({ answers: 0, since: null, traits: [], liked: [], never: [] });
  open({ learned: async () => stranger });
  expect(await screen.findByText(/Like a song, skip one/)).toBeTruthy();
  expect(screen.getByText("Nothing is kept away.")).toBeTruthy();
});

test("when it cannot be had it says why, and tries again", async () => {
  let times = 0;
  const { click } = open({
    learned: async () => {
      times += 1;
      if (times === 1) throw new Refusal("The store is busy.", "Wait a moment.", 503);
      return learned();
    },
  });
  expect(await screen.findByText(/The store is busy/)).toBeTruthy();
  await click("Try again");
  expect(await screen.findByText("You like quiet music.")).toBeTruthy();
  expect(screen.queryByText(/The store is busy/)).toBeNull();
});

test("a like and a never are taken back", async () => {
  const { click, state, unliked } = open();
  await click("Take back: One");
  expect(unliked).toEqual(["demo:One"]);
  await click("Take back: Nobody");
  expect(state.asked).toContain("never artist nobody false");
});

test("what is told is kept, for always or for a mood", async () => {
  const kept: Preferences[] = [];
  const { click } = open({
    prefer: async (preferences) => {
      kept.push(preferences);
      return preferences;
    },
  });
  fireEvent.change(await screen.findByLabelText("When"), { target: { value: "sad" } });
  fireEvent.change(screen.getByLabelText("What"), { target: { value: "genre" } });
  fireEvent.input(screen.getByLabelText("Name of the genre"), { target: { value: " jazz " } });
  await click("Tell me");
  await vi.waitFor(() =>
    expect(kept[0]?.statements).toEqual([
      { about: "genre", name: "jazz", liked: true, mood: "sad" },
    ]),
  );
});

test("it forgets only when asked twice, and says what stays", async () => {
  const { click, state } = open();
  await click("Forget what was learned");
  expect(screen.getByText(/What you told me stays/)).toBeTruthy();
  expect(state.asked).not.toContain("forget");
  await click("Forget it");
  expect(await screen.findByText(/I know you as little as on the first day/)).toBeTruthy();
  expect(state.asked).toContain("forget");
});
