import { expect, test } from "vitest";
import { createPlace } from "./place";

test("a track goes on where it was, another one begins at its beginning", () => {
  sessionStorage.clear();
  const place = createPlace(() => sessionStorage);
  expect(place.of("demo:One")).toBe(0);
  place.keep("demo:One", 41);
  expect(createPlace(() => sessionStorage).of("demo:One")).toBe(41);
  expect(place.of("demo:Two")).toBe(0);
});

test("a closed or spoilt storage costs the place and nothing else", () => {
  const closed = createPlace(() => {
    throw new DOMException("", "SecurityError");
  });
  closed.keep("demo:One", 41);
  expect(closed.of("demo:One")).toBe(0);
  for (const spoilt of ["{", "null", '{"track":"demo:One","seconds":"soon"}'])
    expect(createPlace(() => ({ getItem: () => spoilt, setItem() {} })).of("demo:One")).toBe(0);
});
