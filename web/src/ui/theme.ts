/** Which theme holds, what the listener chose, and the colours on the root element. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { css, palette, type Theme, TOKENS } from "./colour";

export type ThemeChoice = "system" | "light" | "dark" | "contrast";
const CHOICES: ThemeChoice[] = ["system", "light", "dark", "contrast"];
const KEPT_AS = "affetto-theme";

function kept(): ThemeChoice {
  try {
    const found = localStorage.getItem(KEPT_AS) as ThemeChoice;
    return CHOICES.includes(found) ? found : "system";
  } catch {
    return "system"; // storage is closed to us; the choice lasts as long as the page
  }
}

export function createTheme(mood: ReadonlySignal<{ valence: number; arousal: number } | null>) {
  const choice = signal<ThemeChoice>(kept());
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
    const picked = choice.value;
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

  return {
    choice: choice as ReadonlySignal<ThemeChoice>,
    choices: CHOICES,
    choose(wish: ThemeChoice) {
      choice.value = wish;
      try {
        localStorage.setItem(KEPT_AS, wish);
      } catch {
        // storage is closed to us; the choice lasts as long as the page
      }
    },
  };
}
