import { expect, test } from "vitest";
import { type Built, firstLoad, weight } from "./weighing.ts";

const OPTIONS = { entry: "/src/main.tsx", font: /letters\.woff2$/, most: 1000 };
const chunk = (module: string, imports: string[] = [], style?: string): Built[string] => ({
  type: "chunk",
  moduleIds: [`/here${module}`],
  code: module,
  imports,
  viteMetadata: { importedCss: new Set(style ? [style] : []) },
});
const asset = (bytes: number): Built[string] => ({ type: "asset", source: new Uint8Array(bytes) });
const BUILT: Built = {
  "begin.js": chunk("/src/main.tsx", ["shared.js"], "begin.css"),
  "shared.js": chunk("/src/shared.ts", ["begin.js"]),
  "sheet.js": chunk("/src/sheet.tsx", ["shared.js"], "sheet.css"),
  "begin.css": asset(10),
  "sheet.css": asset(10),
  "letters.woff2": asset(500),
  "other.woff2": asset(900),
};

test("what a first visit fetches is weighed, and what comes later is not", () => {
  const first = ["begin.css", "begin.js", "letters.woff2", "shared.js"];
  expect(firstLoad(BUILT, OPTIONS)).toEqual(first);
  expect(weight(BUILT, OPTIONS)).toBeGreaterThan(500); // the font goes as it is
  expect(weight(BUILT, OPTIONS)).toBeLessThan(700);
});

test("a build in which nothing could be weighed is none", () => {
  expect(() => weight(BUILT, { ...OPTIONS, entry: "/src/gone.tsx" })).toThrow("gone.tsx");
  expect(() => weight(BUILT, { ...OPTIONS, font: /gone/ })).toThrow("font");
});
