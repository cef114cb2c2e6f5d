import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { choice, session } from "@/testing";
import { placeAt } from "./dragging";
import { Queue } from "./Queue";

function show() {
  const did: string[] = [];
  render(
    <Queue
      session={session({ queue: [choice("One"), { ...choice("Two"), pinned: true }] })}
      starting={false}
      onPin={({ track }) => did.push(`pin ${track.title}`)}
      onRemove={({ track }) => did.push(`remove ${track.title}`)}
      onMove={({ track }, to) => did.push(`move ${track.title} ${to}`)}
      onNever={(of, track) => did.push(`never ${of} ${track.title}`)}
    />,
  );
  const click = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
  return { did, click };
}

test("each track of the queue can be moved, kept, taken out and sent away", () => {
  const { did, click } = show();
  click("Change “One”");
  for (const name of ["Move down", "Keep it here", "Remove", "Never this song again"]) click(name);
  click("Nothing by Somebody again");
  expect(did).toEqual([
    "move One 1",
    "pin One",
    "remove One",
    "never track One",
    "never artist One",
  ]);
});

test("the first cannot go up, nor the last down", () => {
  const { did, click } = show();
  click("Change “One”");
  click("Move up");
  click("Change “Two”");
  click("Move down");
  expect(did).toEqual([]);
});

test("the arrow keys on a grip move a track, as far as there is a place for it", () => {
  const { did } = show();
  const grip = (name: string) => screen.getByRole("button", { name: `Move “${name}”` });
  fireEvent.keyDown(grip("One"), { key: "ArrowDown" });
  fireEvent.keyDown(grip("One"), { key: "ArrowUp" });
  fireEvent.keyDown(grip("Two"), { key: "ArrowUp" });
  expect(did).toEqual(["move One 1", "move Two 0"]);
});

test("a row dragged over another takes its place, and Escape leaves it where it was", () => {
  const { did } = show();
  for (const [i, row] of screen.getAllByRole("listitem").entries())
    row.getBoundingClientRect = () => ({ top: 60 * i, height: 60 }) as DOMRect;
  const drag = (by: number, key?: string) => {
    const grip = screen.getByRole("button", { name: "Move “One”" });
    fireEvent.pointerDown(grip, { button: 0, clientY: 30 });
    fireEvent.pointerMove(grip, { clientY: 30 + by });
    if (key) fireEvent.keyDown(window, { key });
    fireEvent.pointerUp(grip, { clientY: 30 + by });
  };
  drag(20);
  drag(70, "Escape");
  expect(did).toEqual([]);
  drag(70);
  expect(did).toEqual(["move One 1"]);
});

test("a dragged row passes others by their middles", () => {
  const middles = [30, 90, 150, 210];
  expect(placeAt(middles, 0, 0)).toBe(0);
  expect(placeAt(middles, 0, 59)).toBe(0);
  expect(placeAt(middles, 0, 130)).toBe(2);
  expect(placeAt(middles, 3, -500)).toBe(0);
});

test("what is pinned says so, and may be let go", () => {
  const { click } = show();
  expect(screen.getByText("stays here")).toBeTruthy();
  click("Change “Two”");
  expect(screen.getByRole("button", { name: "Let it change" })).toBeTruthy();
});
