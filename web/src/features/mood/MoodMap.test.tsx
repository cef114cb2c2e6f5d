import { fireEvent, render, screen } from "@testing-library/preact";
import { createRef } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Point, Session } from "@/api/types";
import { choice, session } from "@/testing";
import { MoodMap } from "./MoodMap";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function show(now: Session | null = null) {
  const touched: Point[] = [];
  render(
    <MoodMap
      session={now}
      hand={null}
      onTouch={(place) => touched.push(place)}
      focusRef={createRef()}
    />,
  );
  return { touched, map: screen.getByRole("slider", { name: "Mood map" }) };
}

const MOOD = {
  valence: 0.5,
  arousal: -0.4,
  covariance: [0.02, 0, 0.02] as [number, number, number],
  spread: 0.14,
  name: "calm",
  believed: {},
  words: "",
};

test("before anything is known it invites, and claims nothing", () => {
  const { map } = show();
  expect(screen.getByText(/Touch the map where you are/)).toBeTruthy();
  expect(map.getAttribute("aria-valuetext")).toBe("not known yet");
});

test("arrows in a row are one move, said in words", () => {
  const { map, touched } = show();
  for (let i = 0; i < 6; i++) fireEvent.keyDown(map, { key: "ArrowRight" });
  expect(map.getAttribute("aria-valuetext")).toBe("a little pleasant");
  expect(touched).toEqual([]);
  vi.advanceTimersByTime(500);
  expect(touched).toEqual([{ valence: 0.3, arousal: 0 }]);
});

test("the four kinds of marks carry their words", () => {
  show(
    session({
      mood: MOOD,
      target: { valence: 0.8, arousal: 0.6 },
      playing: choice("One"),
      queue: [choice("Two"), choice("Three")],
    }),
  );
  for (const word of ["you", "toward", "now"])
    expect(screen.getAllByText(word, { selector: ".mark-word" })).toHaveLength(1);
  expect(document.querySelectorAll(".mark.next")).toHaveLength(2);
});

test("a target where you are shares one word with you", () => {
  show(session({ mood: MOOD, target: { valence: 0.5, arousal: -0.4 } }));
  expect(screen.getByText("you, toward")).toBeTruthy();
});

test("a word of the map makes way for a mark that would lie on it", () => {
  show(session({ mood: { ...MOOD, valence: -0.6, arousal: 0.6 } }));
  expect(screen.getByText("tense").classList).toContain("covered");
  expect(screen.getByText("sad").classList).not.toContain("covered");
});

const ring = () => (document.querySelector(".mark.you") as HTMLElement).style;

test("less sure is a wider ring", () => {
  show(session({ mood: MOOD }));
  const sure = Number.parseFloat(ring().width);
  document.body.innerHTML = "";
  show(session({ mood: { ...MOOD, covariance: [0.16, 0, 0.16] } }));
  expect(Number.parseFloat(ring().width)).toBeGreaterThan(sure);
});

test("the ring is long the way the mood is least known", () => {
  show(session({ mood: { ...MOOD, covariance: [0.05, 0.04, 0.05] } }));
  expect(Number.parseFloat(ring().width)).toBeGreaterThan(2 * Number.parseFloat(ring().height));
  expect(ring().rotate).toBe("-45.0deg"); // up and to the right, as screens count
});

test("a screen reader hears all of the map as a list", () => {
  const felt = session({
    mood: { ...MOOD, spread: 0.4 },
    target: { valence: 0.8, arousal: 0.6 },
    playing: choice("One"),
    queue: [choice("Two"), choice("Three")],
  });
  if (felt.queue[1]) felt.queue[1].track.valence = null;
  show(felt);
  const list = screen.getByRole("list", { name: "On the map" });
  expect([...list.children].map((one) => one.textContent)).toEqual([
    "You: fairly pleasant, calm; not very sure",
    "Toward: very pleasant, lively",
    "Now “One”: fairly pleasant, calm",
    "Next 1, “Two”: fairly pleasant, calm",
    "Next 2, “Three”: its mood is not known",
  ]);
});
