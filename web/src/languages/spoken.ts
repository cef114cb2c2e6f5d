/**
 * Words that are always in the language of the moment.
 *
 * A feature writes its words in English, as one object, and hands it over with a name;
 * what it gets back looks the same, and answers in whichever language is spoken. Reading
 * a word reads a signal, so what is on the page changes with the language by itself.
 * Keep the object or a part of it (`const words = texts.queue`), never a single string:
 * a string stays in the language it was read in.
 */
import { catalogue } from "./language";

type Words = object;

/** What was handed over so far, by name: the English that every language has to match. */
export const ENGLISH = new Map<string, Words>();

/** `english` in the language of the moment; `name` is its name in the catalogue. */
export function spoken<T extends Words>(name: string, english: T): T {
  ENGLISH.set(name, english);
  return view(english, () => {
    const words = catalogue.value as Record<string, Words> | null;
    return (words?.[name] ?? english) as T;
  });
}

const isBranch = (value: unknown): value is Words =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function view<T extends Words>(english: T, now: () => T): T {
  const parts = new Map<PropertyKey, Words>();
  return new Proxy(english, {
    get(branch, key) {
      const own = Reflect.get(branch, key);
      if (!isBranch(own)) return Reflect.get(now(), key) ?? own;
      let part = parts.get(key);
      if (!part) {
        part = view(own, () => (Reflect.get(now(), key) ?? own) as Words);
        parts.set(key, part);
      }
      return part;
    },
  });
}
