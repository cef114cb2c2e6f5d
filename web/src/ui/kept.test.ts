import { expect, test } from "vitest";
import { keptChoice } from "./kept";

test("a choice is there when the page is opened again", () => {
  localStorage.clear();
  keptChoice("size", ["small", "large"]).choose("large");
  expect(keptChoice("size", ["small", "large"]).value.value).toBe("large");
});

test("what cannot be chosen any more counts as no choice", () => {
  localStorage.setItem("size", "gigantic");
  expect(keptChoice("size", ["small", "large"]).value.value).toBe("small");
});

test("where the browser keeps nothing, a choice lasts as long as the page", () => {
  const closed = () => {
    throw new DOMException("closed", "SecurityError");
  };
  const choice = keptChoice("size", ["small", "large"], closed);
  choice.choose("large");
  expect(choice.value.value).toBe("large");
});
