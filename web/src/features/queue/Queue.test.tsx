import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { choice, session } from "@/testing";
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

test("what is pinned says so, and may be let go", () => {
  const { click } = show();
  expect(screen.getByText("stays here")).toBeTruthy();
  click("Change “Two”");
  expect(screen.getByRole("button", { name: "Let it change" })).toBeTruthy();
});
