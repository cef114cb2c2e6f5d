/**
 * Which language the page speaks: the one that was chosen, else the browser's own, else
 * English. English comes with the page; the words of another are fetched when they are
 * needed, and the page speaks English until they are here.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Catalogue } from "./catalogue";

export interface Language {
  /** What its own speakers call it. */
  name: string;
  dir: "ltr" | "rtl";
  /** Fetch its words; null: they are here. */
  bring: (() => Promise<Catalogue>) | null;
}

export type Code = "en" | "de" | "ar";
export const LANGUAGES: Record<Code, Language> = {
  en: { name: "English", dir: "ltr", bring: null },
  de: { name: "Deutsch", dir: "ltr", bring: () => import("./de").then((m) => m.de) },
  ar: { name: "العربية", dir: "rtl", bring: () => import("./ar").then((m) => m.ar) },
};
export const CODES = Object.keys(LANGUAGES) as Code[];

const KEPT_AS = "affetto-language";

const spokenNow = signal<Code>("en");
const catalogueNow = signal<Catalogue | null>(null);

/** What the page speaks at this moment. */
export const language: ReadonlySignal<Code> = spokenNow;
/** Its words; null while it is English, whose words stand where they are used. */
export const catalogue: ReadonlySignal<Catalogue | null> = catalogueNow;

const isCode = (word: string | null): word is Code => CODES.includes(word as Code);

/** The first language of the browser's that the page speaks, too. */
export function among(wishes: readonly string[]): Code {
  for (const wish of wishes) {
    const plain = wish.toLowerCase().split("-")[0] ?? "";
    if (isCode(plain)) return plain;
  }
  return "en";
}

/** What the listener chose, if they did; a browser that keeps nothing counts as no choice. */
export function chosen(): Code | null {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return isCode(kept) ? kept : null;
  } catch {
    return null;
  }
}

let asked: Code = "en";

/** Speak a language from now on. Rejects when its words do not come; then nothing changes. */
export async function speak(code: Code): Promise<void> {
  asked = code;
  const words = (await LANGUAGES[code].bring?.()) ?? null;
  if (asked !== code) return; // another was chosen meanwhile
  catalogueNow.value = words;
  spokenNow.value = code;
  document.documentElement.lang = code;
  document.documentElement.dir = LANGUAGES[code].dir;
}

/** Speak it, and keep the choice for the next time. */
export async function choose(code: Code): Promise<void> {
  await speak(code);
  try {
    localStorage.setItem(KEPT_AS, code);
  } catch {
    // storage is closed to us; the choice lasts as long as the page
  }
}

/** The language to begin with; English when its words do not come. */
export const begin = () => speak(chosen() ?? among(navigator.languages)).catch(() => speak("en"));
