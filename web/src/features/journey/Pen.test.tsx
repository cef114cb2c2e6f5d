import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import type { Point } from "@/api/types";
import { Pen } from "./Pen";

function show() {
  const drawn: Point[][] = [];
  let left = 0;
  render(
    <Pen
      from={{ valence: -0.6, arousal: 0.6 }}
      onDrawn={(way) => drawn.push(way)}
      onLeave={() => {
        left += 1;
      }}
    />,
  );
  const sheet = screen.getByRole("application");
  const press = (key: string, times = 1) => {
    for (let i = 0; i < times; i++) fireEvent.keyDown(sheet, { key });
  };
  return { drawn, press, sheet, left: () => left };
}

test("by keys: the way goes from where you are over each point that was set", () => {
  const { drawn, press } = show();
  press(" ");
  press("ArrowDown", 20);
  press(" ");
  press("ArrowRight", 20);
  press("Enter");
  expect(drawn).toEqual([
    [
      { valence: -0.6, arousal: 0.6 },
      { valence: -0.6, arousal: -0.4 },
      { valence: 0.4, arousal: -0.4 },
    ],
  ]);
});

test("the pen says where it stands", () => {
  const { press } = show();
  press("ArrowRight", 22);
  press("ArrowDown", 22);
  expect(screen.getByRole("status").textContent).toBe("Pen: fairly pleasant, calm.");
});

test("a slip of the pen is no way, and one may draw again", () => {
  const { drawn, press } = show();
  press("ArrowRight");
  press("Enter");
  expect(drawn).toEqual([]);
  expect(screen.getByText(/Draw from where you are/)).toBeTruthy();
});

test("Escape leaves the sheet", () => {
  const { press, left } = show();
  press("Escape");
  expect(left()).toBe(1);
});
