import { signal } from "@preact/signals";
import { fireEvent, render, screen, within } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { createKeeping } from "@/keeping";
import { createTheme } from "@/ui/theme";
import { SettingsSheet } from "./SettingsSheet";

beforeEach(() => localStorage.clear());

function open() {
  const onOpen = vi.fn();
  const volume = signal(0.8);
  render(
    <SettingsSheet
      house={null}
      look={createTheme(signal(null))}
      keeping={createKeeping({})}
      sound={{ volume, setVolume: (to) => (volume.value = to) }}
      onOpen={onOpen}
      onClose={() => {}}
    />,
  );
  return { onOpen, volume };
}
const root = document.documentElement;

test("every group has a line that says what it does", () => {
  open();
  const groups = screen.getAllByRole("region");
  expect(groups.map((one) => within(one).getByRole("heading").textContent)).toEqual([
    "Look",
    "Language",
    "Sound",
    "Sensing",
    "Music",
    "Privacy",
    "As an app",
    "Help",
  ]);
  for (const group of groups) expect(group.querySelector(".soft.small")?.textContent).toBeTruthy();
});

test("the letters grow, movement stops, and both are there on the next visit", () => {
  open();
  fireEvent.click(screen.getByRole("button", { name: "Largest" }));
  fireEvent.click(screen.getByRole("checkbox", { name: /Less movement/ }));
  expect(root.dataset).toMatchObject({ text: "largest", motion: "less" });
  root.dataset.text = "";
  createTheme(signal(null));
  expect(root.dataset).toMatchObject({ text: "largest", motion: "less" });
});

test("what lies on another sheet is one touch away", () => {
  const { onOpen } = open();
  for (const [name, sheet] of [
    ["Sensors", "sensing"],
    ["Your music", "library"],
    ["What I have learned about you", "learned"],
    ["Songs on this device", "own"],
    ["First steps", "guide"],
    ["Keyboard", "keys"],
  ]) {
    fireEvent.click(screen.getByRole("button", { name: name as string }));
    expect(onOpen).toHaveBeenLastCalledWith(sheet);
  }
});
