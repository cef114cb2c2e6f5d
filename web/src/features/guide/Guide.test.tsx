import { fireEvent, render, screen } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { Guide } from "./Guide";

beforeEach(() => localStorage.clear());
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("three steps lead one after the other to the end, and one may go back", () => {
  render(<Guide playing={false} onPlay={() => {}} />);
  expect(screen.getByText("1 of 3")).toBeTruthy();
  press("Go on");
  press("Step back");
  press("Go on");
  expect(screen.getByText("Where the music is")).toBeTruthy();
  press("Go on");
  expect(screen.getByText("What is kept")).toBeTruthy();
  press("Done");
  expect(screen.queryByRole("region", { name: "First steps" })).toBeNull();
});

test.each([0, 1, 2])("after %d steps one may just play", (steps) => {
  const play = vi.fn();
  render(<Guide playing={false} onPlay={play} />);
  for (let i = 0; i < steps; i++) press("Go on");
  press("Just play");
  expect(play).toHaveBeenCalledOnce();
  expect(screen.queryByRole("region", { name: "First steps" })).toBeNull();
});

test("whoever touches the map has begun, and the steps make way", () => {
  const { rerender } = render(<Guide playing={false} onPlay={() => {}} />);
  rerender(<Guide playing onPlay={() => {}} />);
  expect(screen.queryByRole("region", { name: "First steps" })).toBeNull();
  rerender(<Guide playing={false} onPlay={() => {}} />);
  expect(screen.queryByRole("region", { name: "First steps" })).toBeNull();
});

test("on a second visit nobody is shown them again", () => {
  render(<Guide playing={false} onPlay={() => {}} />).unmount();
  render(<Guide playing={false} onPlay={() => {}} />);
  expect(screen.queryByRole("region", { name: "First steps" })).toBeNull();
});
