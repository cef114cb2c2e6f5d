import { fireEvent, render, screen, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { faceOf } from "@/reading/testing";
import { blended, type Second } from "@/reading/timeline";
import { VideoSheet } from "./VideoSheet";
import type { Video } from "./video";

const HAPPY = faceOf({ happy: 0.9, neutral: 0.1 });
const read = (second: number, face = HAPPY): Second => ({
  second,
  looks: 5,
  read: 5,
  faces: 1,
  reading: blended([face], 1),
  why: null,
});
const gap = (second: number, why: Second["why"]): Second => ({
  second,
  looks: 5,
  read: 0,
  faces: why === "nobody" ? 0 : 1,
  reading: null,
  why,
});
const SECONDS = [read(0), read(1), gap(2, "dark"), read(3, faceOf({ sad: 0.8, neutral: 0.2 }))];

function show(more: Partial<Video> = {}) {
  const onPlay = vi.fn();
  const onStop = vi.fn();
  const video: Video = {
    url: "blob:1",
    name: "me.webm",
    state: "done",
    waiting: false,
    fetched: 1,
    lengthS: 3.6,
    seconds: SECONDS,
    trouble: null,
    ...more,
  };
  const props = { onStop, onPlay, onCard: null, onClose: () => {} };
  const { rerender } = render(<VideoSheet video={video} {...props} />);
  return { onPlay, onStop, again: (now: Video) => rerender(<VideoSheet video={now} {...props} />) };
}

const chart = () => screen.getByRole("slider", { name: "How the face looks over time" });
const heard = () => chart().getAttribute("aria-valuetext");

test("the moment is heard as it is seen, and keys move it by seconds", () => {
  show();
  expect(heard()).toBe("0:00, happy, quite sure: very pleasant, lively");
  fireEvent.keyDown(chart(), { key: "ArrowRight" });
  expect(heard()).toContain("0:01, happy");
  fireEvent.keyDown(chart(), { key: "ArrowRight" });
  expect(heard()).toBe("0:02, too dark to read");
  fireEvent.keyDown(chart(), { key: "End" });
  expect(heard()).toContain("0:03, sad");
  fireEvent.keyDown(chart(), { key: "Home" });
  expect(heard()).toContain("0:00");
});

test("the list tells the same in parts, and leads to each", () => {
  show();
  const parts = within(screen.getByRole("list", { name: "The video in parts" }));
  expect(parts.getAllByRole("button").map((one) => one.textContent)).toEqual([
    "0:00 to 0:02 happy",
    "0:02 to 0:03 too dark to read",
    "0:03 to 0:04 sad",
  ]);
  fireEvent.click(parts.getByRole("button", { name: /too dark/ }));
  expect(heard()).toContain("0:02, too dark");
});

test("music is played for the moment chosen, and for none that was not read", () => {
  const { onPlay } = show();
  fireEvent.keyDown(chart(), { key: "End" });
  fireEvent.click(screen.getByRole("button", { name: "Play music for this moment" }));
  expect(onPlay).toHaveBeenCalledExactlyOnceWith(SECONDS[3]);
  expect(screen.getByText("Music for 0:03.")).toBeTruthy();
  fireEvent.keyDown(chart(), { key: "ArrowLeft" });
  const button = screen.getByRole<HTMLButtonElement>("button", { name: /Play music/ });
  expect(button.disabled).toBe(true);
  expect(screen.getByText(/Nothing was read here/)).toBeTruthy();
});

test("while it is read it says how far it is, and can be stopped", () => {
  const { onStop, again } = show({ state: "opening", seconds: [], lengthS: null });
  expect(screen.getByText("Opening the video")).toBeTruthy();
  const now: Video = {
    url: "blob:1",
    name: "me.webm",
    state: "reading",
    waiting: false,
    fetched: 1,
    lengthS: 65,
    seconds: SECONDS,
    trouble: null,
  };
  again(now);
  expect(screen.getByText("Reading: 0:04 of 1:05")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Stop here" }));
  expect(onStop).toHaveBeenCalledOnce();
  again({ ...now, waiting: true });
  expect(screen.getByText(/out of sight/)).toBeTruthy();
});

test("what went wrong stands with what to do, beside what was read", () => {
  show({ state: "stopped", trouble: { problem: "It breaks off.", remedy: "Save it again." } });
  expect(screen.getByText("Save it again.")).toBeTruthy();
  expect(chart()).toBeTruthy();
});

test("a video of nobody says which video would do", () => {
  show({ seconds: [gap(0, "nobody"), gap(1, "nobody")], lengthS: 2 });
  expect(screen.getByText(/Try one where somebody looks toward the lens/)).toBeTruthy();
});
