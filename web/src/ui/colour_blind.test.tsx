/**
 * The mood map for eyes that lack a kind of cone, simulated in linear RGB after Viénot,
 * Brettel & Mollon (1999) for red and green; for blue, Machado et al. (2009), full severity.
 */
import { cleanup, render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { MoodMap } from "@/features/mood/MoodMap";
import { session } from "@/testing";
import { texts } from "@/texts";
import { contrast, linearRgb, luminance, palette } from "./colour";

type Rgb = readonly [number, number, number];
const EYES: Record<string, readonly Rgb[]> = {
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const seen = (eyes: readonly Rgb[], rgb: Rgb) =>
  eyes.map((row) =>
    Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])),
  ) as unknown as Rgb;

const AA = 4.5;

test.each(Object.entries(EYES))(
  "with %s every word and mark stands out from the map",
  (_, eyes) => {
    for (const scheme of ["light", "dark"] as const) {
      const room = palette(null, { scheme, contrast: false });
      const ink = luminance(seen(eyes, linearRgb(room["map-ink"])));
      for (const token of ["map-mid", "map-tense", "map-excited", "map-sad", "map-calm"] as const)
        expect(
          contrast(ink, luminance(seen(eyes, linearRgb(room[token])))),
          `${scheme} ${token}`,
        ).toBeGreaterThan(AA);
    }
  },
);

test("the four marks differ by shape and by word, whatever their colour", () => {
  render(
    <MoodMap session={session()} hand={null} onTouch={() => {}} focusRef={{ current: null }} />,
  );
  const marks = [...document.querySelectorAll(".map-key li, .map-key > *")];
  const words = marks.map((one) => one.textContent?.trim());
  const { you, toward, now, next } = texts.map;
  for (const word of [you, toward, now, next]) expect(words).toContain(word);
  const shapes = marks.map((one) => {
    const shape = one.querySelector("span, svg, i");
    return shape ? `${shape.tagName} ${shape.getAttribute("class")} ${shape.innerHTML}` : "";
  });
  expect(new Set(shapes.filter(Boolean)).size).toBeGreaterThanOrEqual(4);
  cleanup();
});
