import { describe, expect, test } from "vitest";
import { contrast, linearRgb, luminance, palette, type Theme, type Token } from "./colour";

const AA = 4.5; // WCAG 2.2, text
const CONTROL = 3; // WCAG 2.2, the edge of a control
const PAPERS: Token[] = ["paper", "card", "press"];
const FIELD: Token[] = ["map-mid", "map-tense", "map-excited", "map-sad", "map-calm"];

const themes: Theme[] = [
  { scheme: "light", contrast: false },
  { scheme: "dark", contrast: false },
  { scheme: "light", contrast: true },
  { scheme: "dark", contrast: true },
];
const steps = Array.from({ length: 21 }, (_, i) => -1 + i / 10);
const moods = [null, ...steps.flatMap((valence) => steps.map((arousal) => ({ valence, arousal })))];

describe.each(themes)("in the $scheme theme (high contrast: $contrast)", (theme) => {
  test("text is readable on every paper in every mood", () => {
    for (const mood of moods) {
      const room = palette(mood, theme);
      for (const paper of PAPERS)
        for (const text of ["ink", "soft"] as const) {
          const ratio = contrast(
            luminance(linearRgb(room[text])),
            luminance(linearRgb(room[paper])),
          );
          expect(ratio, `${text} on ${paper} at ${JSON.stringify(mood)}`).toBeGreaterThan(AA);
        }
    }
  });

  test("words on the map are readable wherever its colours meet", () => {
    for (const mood of moods) {
      const room = palette(mood, theme);
      const field = FIELD.map((token) => linearRgb(room[token]));
      const channel = (pick: (...n: number[]) => number, i: number) =>
        pick(...field.map((rgb) => rgb[i] ?? 0));
      // A mix lies between the darkest and the lightest of each channel.
      for (const pick of [Math.min, Math.max]) {
        const worst = luminance([channel(pick, 0), channel(pick, 1), channel(pick, 2)]);
        for (const text of ["ink", "map-ink"] as const)
          expect(contrast(luminance(linearRgb(room[text])), worst)).toBeGreaterThan(AA);
      }
    }
  });

  test("the edge of a control is seen", () => {
    for (const mood of moods) {
      const room = palette(mood, theme);
      for (const paper of ["paper", "card"] as const)
        expect(
          contrast(luminance(linearRgb(room.edge)), luminance(linearRgb(room[paper]))),
        ).toBeGreaterThan(CONTROL);
    }
  });
});

test("a pleasant room is warm, an unpleasant one cool", () => {
  const light: Theme = { scheme: "light", contrast: false };
  expect(palette({ valence: 1, arousal: 0 }, light).paper.b).toBeGreaterThan(0);
  expect(palette({ valence: -1, arousal: 0 }, light).paper.b).toBeLessThan(0);
});

test("high contrast does not follow the mood", () => {
  const theme: Theme = { scheme: "light", contrast: true };
  expect(palette({ valence: 1, arousal: 1 }, theme)).toEqual(
    palette({ valence: -1, arousal: -1 }, theme),
  );
});
