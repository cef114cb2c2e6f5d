import { expect, test } from "vitest";
import { keyAction, type Pressed, twice } from "./keys";

function press(key: string, inside = "<p></p>", more: Partial<Pressed> = {}) {
  const home = document.createElement("div");
  home.innerHTML = inside;
  const target = home.querySelector("[data-at]") ?? home.firstElementChild;
  return keyAction({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    target,
    ...more,
  });
}

test.each([
  [" ", { do: "toggle" }],
  ["ArrowRight", { do: "next" }],
  ["ArrowLeft", { do: "back" }],
  ["1", { do: "aim", goal: "match" }],
  ["4", { do: "aim", goal: "focus" }],
  ["5", { do: "aim", goal: "sleep" }],
  ["u", { do: "undo" }],
  ["L", { do: "like" }],
  ["n", { do: "notNow" }],
  ["f", { do: "correct" }],
  ["m", { do: "map" }],
  ["?", { do: "keys" }],
  ["x", null],
])("the key “%s”", (key, action) => {
  expect(press(key)).toEqual(action);
});

test("a focused control keeps its own keys", () => {
  expect(press(" ", "<button></button>")).toBeNull();
  expect(press("ArrowRight", '<input type="range">')).toBeNull();
  expect(press("ArrowRight", '<div role="slider" tabindex="0"></div>')).toBeNull();
  expect(press("ArrowLeft", '<div role="slider" tabindex="0"></div>')).toBeNull();
  expect(press("l", '<div role="slider" tabindex="0"></div>')).toEqual({ do: "like" });
  expect(press("l", '<input type="search">')).toBeNull();
  expect(press("l", '<input type="range">')).toEqual({ do: "like" });
  expect(press("ArrowRight", '<div role="application" tabindex="0"></div>')).toBeNull();
  expect(press(" ", '<div role="application" tabindex="0"></div>')).toBeNull();
  expect(press("n", "<dialog><p data-at></p></dialog>")).toBeNull();
});

test("Ctrl and Z take an act back, but what is typed in a field is the field's", () => {
  expect(press("z", "<p></p>", { ctrlKey: true })).toEqual({ do: "undo" });
  expect(press("z", "<p></p>", { metaKey: true })).toEqual({ do: "undo" });
  expect(press("Z", "<p></p>", { ctrlKey: true })).toBeNull();
  expect(press("z", '<input type="text">', { ctrlKey: true })).toBeNull();
  expect(press("u", '<input type="text">')).toBeNull();
});

test("the browser's own shortcuts are left alone", () => {
  expect(press("l", "<p></p>", { ctrlKey: true })).toBeNull();
  expect(press("f", "<p></p>", { metaKey: true })).toBeNull();
});

test("Escape twice within a second, not slower", () => {
  let now = 0;
  const second = twice(() => now);
  expect(second()).toBe(false);
  now = 900;
  expect(second()).toBe(true);
  now = 1000;
  expect(second()).toBe(false);
  now = 2500;
  expect(second()).toBe(false);
});
