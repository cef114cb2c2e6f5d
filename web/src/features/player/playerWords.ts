/** What the player says beyond the track itself: going back, and how the page plays. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

export const words = spoken("player", {
  back: "Back",
  backLong: "Back to the beginning, or the song before",
  open: "Sound and sleep timer",
  title: "Sound",
  volume: "Volume",
  soundsIn: (place: string) => `sounds in ${place}`,
  blend: "Let songs flow into one another",
  blendHint: "Songs of one mood meet briefly; a change of mood takes its time. Own files only.",
  even: "Play every song equally loud",
  evenHint: "Loud recordings are turned down. Nothing is turned up, so nothing is distorted.",
  sleep: "Fall silent by itself",
  sleepHint: "It grows quiet gently, and every sensor is switched off with it.",
  minutes: (n: number) => english.several(n, { one: "# minute", other: "# minutes" }),
  atEnd: "After this song",
  off: "Play on",
  left: (n: number) =>
    english.several(n, { one: "Silent in # minute", other: "Silent in # minutes" }),
  leftAtEnd: "Silent after this song",
  glide: "Grow slower and softer until then",
  gliding: "The music leads to sleep.",
});
