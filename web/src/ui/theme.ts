/** How the room looks: its theme, the size of its letters, how much moves. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { css, palette, type Theme, TOKENS } from "./colour";
import { type KeptChoice, keptChoice } from "./kept";

export type ThemeChoice = "system" | "light" | "dark" | "contrast";
export type TextSize = "normal" | "large" | "largest";
export type Motion = "system" | "less";

/** What the listener may choose of the look. */
export interface Look {
  theme: KeptChoice<ThemeChoice>;
  text: KeptChoice<TextSize>;
  motion: KeptChoice<Motion>;
}

export function createTheme(
  mood: ReadonlySignal<{ valence: number; arousal: number } | null>,
): Look {
  const choice = keptChoice("affetto-theme", ["system", "light", "dark", "contrast"]);
  const text = keptChoice("affetto-text", ["normal", "large", "largest"]);
  const motion = keptChoice("affetto-motion", ["system", "less"]);
  const query = (words: string) => {
    const list = matchMedia(words);
    const matches = signal(list.matches);
    list.addEventListener("change", () => {
      matches.value = list.matches;
    });
    return matches;
  };
  const dark = query("(prefers-color-scheme: dark)");
  const more = query("(prefers-contrast: more)");
  const theme = computed<Theme>(() => {
    const picked = choice.value.value;
    const scheme = picked === "light" || picked === "dark" ? picked : dark.value ? "dark" : "light";
    return { scheme, contrast: picked === "contrast" || (picked === "system" && more.value) };
  });

  let shown: Theme | null = null;
  effect(() => {
    const root = document.documentElement;
    const now = theme.value;
    const colours = palette(mood.value, now);
    const changed = shown?.scheme !== now.scheme || shown.contrast !== now.contrast;
    shown = now;
    if (changed) {
      root.dataset.settling = "";
      requestAnimationFrame(() => requestAnimationFrame(() => delete root.dataset.settling));
    }
    root.dataset.scheme = now.scheme;
    root.dataset.contrast = String(now.contrast);
    for (const token of TOKENS) root.style.setProperty(`--${token}`, css(colours[token]));
  });

  effect(() => {
    document.documentElement.dataset.text = text.value.value;
    document.documentElement.dataset.motion = motion.value.value;
  });

  return { theme: choice, text, motion };
}
