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

test("less sure is a wider ring", () => {
  const ring = () => (document.querySelector(".mark.you") as HTMLElement).style.width;
  show(session({ mood: MOOD }));
  const sure = Number.parseFloat(ring());
  document.body.innerHTML = "";
  show(session({ mood: { ...MOOD, spread: 0.4 } }));
  expect(Number.parseFloat(ring())).toBeGreaterThan(sure);
});
