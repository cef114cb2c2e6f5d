/**
 * The dots of the map, painted pixel by pixel.
 *
 * Ten thousand arcs or sprites cost a canvas without a graphics card tens of milliseconds;
 * adding up their pixels costs two or three. Where dots lie over each other they add up, so
 * that density can be seen.
 */
import type { LibraryMap } from "@/api/types";
import { linearRgb, type Oklab, type Theme } from "@/ui/colour";
import { spot, type View } from "./view";

/** Every track that has a place: where in the unit square, and its row in the library. */
export interface Dots {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly row: Uint32Array;
}

const STEPS = 1000; // the map tells thousandths

/** The dots of a map. */
export function dotsOf({ valence, arousal }: Pick<LibraryMap, "valence" | "arousal">): Dots {
  const rows = valence.flatMap((v, row) => (v === null || arousal[row] == null ? [] : [row]));
  const x = new Float32Array(rows.length);
  const y = new Float32Array(rows.length);
  rows.forEach((row, i) => {
    const place = spot({
      valence: (valence[row] as number) / STEPS,
      arousal: (arousal[row] as number) / STEPS,
    });
    x[i] = place.x;
    y[i] = place.y;
  });
  return { x, y, row: Uint32Array.from(rows) };
}

/** How many dots lie in each quarter, by the word for it. */
export function quarters({ x, y }: Dots) {
  const counts = { tense: 0, excited: 0, sad: 0, calm: 0 };
  for (let i = 0; i < x.length; i++) {
    const right = (x[i] as number) >= 0.5;
    if ((y[i] as number) <= 0.5) counts[right ? "excited" : "tense"] += 1;
    else counts[right ? "calm" : "sad"] += 1;
  }
  return counts;
}

const oklch = (l: number, c: number, h: number): Oklab => ({
  l,
  a: c * Math.cos((h * Math.PI) / 180),
  b: c * Math.sin((h * Math.PI) / 180),
});

/** The colours of the four corners: those of the mood map, strong enough for a dot. */
export function corners({ scheme, contrast }: Theme) {
  if (contrast) {
    const ink = oklch(scheme === "dark" ? 1 : 0, 0, 0);
    return { tense: ink, excited: ink, sad: ink, calm: ink };
  }
  return scheme === "dark"
    ? {
        tense: oklch(0.72, 0.14, 18),
        excited: oklch(0.82, 0.12, 80),
        sad: oklch(0.7, 0.12, 268),
        calm: oklch(0.78, 0.1, 166),
      }
    : {
        tense: oklch(0.54, 0.17, 18),
        excited: oklch(0.58, 0.125, 62),
        sad: oklch(0.5, 0.15, 268),
        calm: oklch(0.53, 0.1, 165),
      };
}

const TABLE = 32; // colours along each side; nobody sees finer steps

/** The colour of each place, as bytes of red, green and blue, row by row. */
export function colourTable(theme: Theme): Uint8Array {
  const { tense, excited, sad, calm } = corners(theme);
  const table = new Uint8Array(TABLE * TABLE * 3);
  const gamma = (n: number) => (n <= 0.0031308 ? 12.92 * n : 1.055 * n ** (1 / 2.4) - 0.055);
  for (let j = 0; j < TABLE; j++)
    for (let i = 0; i < TABLE; i++) {
      const u = i / (TABLE - 1);
      const v = j / (TABLE - 1);
      const mix = (key: keyof Oklab) =>
        (1 - v) * ((1 - u) * tense[key] + u * excited[key]) +
        v * ((1 - u) * sad[key] + u * calm[key]);
      const rgb = linearRgb({ l: mix("l"), a: mix("a"), b: mix("b") });
      table.set(
        rgb.map((n) => Math.round(255 * gamma(n))),
        3 * (j * TABLE + i),
      );
    }
  return table;
}

/** How large a dot is, in CSS pixels, and how much of what lies under it it covers. */
export function dotSize(count: number, width: number, height: number, zoom: number) {
  const apart = Math.sqrt((width * height) / Math.max(1, count)); // if they lay evenly
  const r = Math.min(6, Math.max(1.7, 0.085 * apart) * Math.sqrt(zoom));
  const cover = Math.min(0.92, Math.max(0.6, 1.14 - 0.12 * Math.log10(Math.max(1, count))));
  return { r, cover };
}

const SUB = 4; // places within a pixel that a dot's middle is rounded to

/** A dot's cover of each pixel around it, for every place of its middle within a pixel. */
function stamps(r: number, cover: number) {
  const reach = Math.ceil(r + 0.5);
  const side = 2 * reach + 1;
  const masks: Uint8Array[] = [];
  const spans: Uint8Array[] = []; // of each row, the first pixel that is covered and the last
  for (let sy = 0; sy < SUB; sy++)
    for (let sx = 0; sx < SUB; sx++) {
      const mask = new Uint8Array(side * side);
      for (let j = 0; j < side; j++)
        for (let i = 0; i < side; i++) {
          const away = Math.hypot(
            i + 0.5 - reach - (sx + 0.5) / SUB,
            j + 0.5 - reach - (sy + 0.5) / SUB,
          );
          mask[j * side + i] = Math.round(255 * cover * Math.min(1, Math.max(0, r + 0.5 - away)));
        }
      masks.push(mask);
      const span = new Uint8Array(2 * side);
      for (let j = 0; j < side; j++) {
        const row = mask.subarray(j * side, (j + 1) * side);
        span[2 * j] = row.findIndex((a) => a > 0) & 0xff; // none: 255, beyond every end
        span[2 * j + 1] = row.findLastIndex((a) => a > 0) + 1;
      }
      spans.push(span);
    }
  return { reach, side, masks, spans };
}

export interface Brush {
  readonly r: number; // device pixels
  readonly cover: number;
  readonly colours: Uint8Array;
}

/** Paint all dots in sight over nothing; `out` is RGBA, `width` by `height` device pixels. */
export function paint(
  out: Uint8ClampedArray,
  width: number,
  height: number,
  { x, y }: Dots,
  { zoom, left, top }: View,
  { r, cover, colours }: Brush,
) {
  out.fill(0);
  const { reach, side, masks, spans } = stamps(r, cover);
  for (let n = 0; n < x.length; n++) {
    const u = x[n] as number;
    const v = y[n] as number;
    const px = (u - left) * zoom * width;
    const py = (v - top) * zoom * height;
    const i0 = Math.floor(px) - reach;
    const j0 = Math.floor(py) - reach;
    if (i0 + side <= 0 || j0 + side <= 0 || i0 >= width || j0 >= height) continue;
    const sx = Math.floor((px - Math.floor(px)) * SUB);
    const sy = Math.floor((py - Math.floor(py)) * SUB);
    const mask = masks[sy * SUB + sx] as Uint8Array;
    const span = spans[sy * SUB + sx] as Uint8Array;
    const c = 3 * (Math.floor(v * (TABLE - 0.01)) * TABLE + Math.floor(u * (TABLE - 0.01)));
    const red = colours[c] as number;
    const green = colours[c + 1] as number;
    const blue = colours[c + 2] as number;
    for (let j = Math.max(0, -j0); j < Math.min(side, height - j0); j++) {
      const iFrom = Math.max(span[2 * j] as number, -i0);
      const iTo = Math.min(span[2 * j + 1] as number, width - i0);
      let o = 4 * ((j0 + j) * width + i0 + iFrom);
      for (let i = iFrom; i < iTo; i++, o += 4) {
        const a = mask[j * side + i] as number;
        const beneath = out[o + 3] as number;
        if (beneath === 0) {
          out[o] = red;
          out[o + 1] = green;
          out[o + 2] = blue;
          out[o + 3] = a;
          continue;
        }
        const sum = a + (beneath * (255 - a)) / 255;
        const part = a / sum;
        out[o] = (out[o] as number) + (red - (out[o] as number)) * part;
        out[o + 1] = (out[o + 1] as number) + (green - (out[o + 1] as number)) * part;
        out[o + 2] = (out[o + 2] as number) + (blue - (out[o + 2] as number)) * part;
        out[o + 3] = sum;
      }
    }
  }
}

/** The dot nearest to a place of what is in sight, within `reach` pixels; -1 for none. */
export function nearestDot(
  { x, y }: Dots,
  view: View,
  at: { x: number; y: number },
  width: number,
  height: number,
  reach: number,
): number {
  const wide = view.zoom * width;
  const high = view.zoom * height;
  const u = view.left + at.x / wide;
  const v = view.top + at.y / high;
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < x.length; i++) {
    const dx = ((x[i] as number) - u) * wide;
    const dy = ((y[i] as number) - v) * high;
    const away = dx * dx + dy * dy;
    if (away <= least) {
      least = away;
      best = i;
    }
  }
  return best;
}
