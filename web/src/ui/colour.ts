/**
 * The colours of the room: neutrals that carry a trace of the mood, in OKLCH.
 *
 * Pleasant is warm, unpleasant cool; awake a little brighter and fuller, drowsy dimmer
 * and greyer. Lightness keeps its distance between ink and paper in every mood, so that
 * text stays readable (`colour.test.ts` walks the whole map). A high-contrast theme
 * ignores the mood.
 */

/** OKLab: lightness in [0, 1], a and b around 0. */
export interface Oklab {
  l: number;
  a: number;
  b: number;
}

export interface Theme {
  scheme: "light" | "dark";
  contrast: boolean;
}

/** Each token, by role. `map-*` paint the mood map: its corners and its middle. */
export const TOKENS = [
  "paper",
  "card",
  "press",
  "line",
  "edge",
  "soft",
  "ink",
  "map-mid",
  "map-tense",
  "map-excited",
  "map-sad",
  "map-calm",
  "map-ink",
] as const;
export type Token = (typeof TOKENS)[number];
export type Palette = Record<Token, Oklab>;

const WARM = 68; // hue of pleasant, degrees
const COOL = 262; // hue of unpleasant

const oklch = (l: number, c: number, h: number): Oklab => ({
  l,
  a: c * Math.cos((h * Math.PI) / 180),
  b: c * Math.sin((h * Math.PI) / 180),
});

/** The room's palette for a mood (valence and arousal in [-1, 1]; unknown: null). */
export function palette(mood: { valence: number; arousal: number } | null, theme: Theme): Palette {
  const { valence = 0.25, arousal = -0.2 } = mood ?? {}; // unknown: warm paper
  const dark = theme.scheme === "dark";
  const chroma = theme.contrast ? 0 : 0.011 + 0.005 * arousal;
  const warm = oklch(0, chroma, WARM);
  const cool = oklch(0, chroma, COOL);
  const share = (valence + 1) / 2;
  const lift = theme.contrast ? 0 : (dark ? 0.012 : 0.008) * arousal;
  const neutral = (l: number, tint: number): Oklab => ({
    l: Math.min(1, l + lift),
    a: tint * (share * warm.a + (1 - share) * cool.a),
    b: tint * (share * warm.b + (1 - share) * cool.b),
  });

  if (theme.contrast) {
    const [paper, ink] = dark ? [0, 1] : [1, 0];
    const flat = (l: number) => oklch(l, 0, 0);
    const field = flat(paper);
    return {
      paper: field,
      card: field,
      press: flat(dark ? 0.3 : 0.9),
      line: flat(ink),
      edge: flat(ink),
      soft: flat(ink),
      ink: flat(ink),
      "map-mid": field,
      "map-tense": field,
      "map-excited": field,
      "map-sad": field,
      "map-calm": field,
      "map-ink": flat(ink),
    };
  }
  if (dark)
    return {
      paper: neutral(0.185, 0.9),
      card: neutral(0.225, 1),
      press: neutral(0.275, 1.1),
      line: neutral(0.315, 1.1),
      edge: neutral(0.58, 1.2),
      soft: neutral(0.76, 1),
      ink: neutral(0.94, 0.7),
      "map-mid": neutral(0.3, 1.6),
      "map-tense": oklch(0.385, 0.066, 14),
      "map-excited": oklch(0.45, 0.07, 72),
      "map-sad": oklch(0.345, 0.066, 270),
      "map-calm": oklch(0.395, 0.05, 176),
      "map-ink": neutral(0.91, 0.7),
    };
  return {
    paper: neutral(0.972, 0.9),
    card: neutral(0.99, 0.5),
    press: neutral(0.935, 1.1),
    line: neutral(0.9, 1.2),
    edge: neutral(0.6, 1.4),
    soft: neutral(0.47, 1.4),
    ink: neutral(0.26, 1.4),
    "map-mid": neutral(0.945, 1.4),
    "map-tense": oklch(0.85, 0.055, 18),
    "map-excited": oklch(0.905, 0.068, 82),
    "map-sad": oklch(0.83, 0.05, 266),
    "map-calm": oklch(0.885, 0.05, 166),
    "map-ink": neutral(0.33, 1.4),
  };
}

export const css = ({ l, a, b }: Oklab) => `oklab(${l.toFixed(4)} ${a.toFixed(4)} ${b.toFixed(4)})`;

/** Linear sRGB, clipped to what a screen shows (Ottosson 2020). */
export function linearRgb({ l, a, b }: Oklab): [number, number, number] {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  return [
    clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}

export const luminance = ([r, g, b]: readonly [number, number, number]) =>
  0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2 contrast ratio of two luminances. */
export const contrast = (one: number, other: number) =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
