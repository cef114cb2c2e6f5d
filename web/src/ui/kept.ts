/** A choice among a few, kept in this browser; where it keeps nothing, as long as the page. */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface KeptChoice<T extends string> {
  readonly value: ReadonlySignal<T>;
  readonly all: readonly T[];
  choose(wish: T): void;
}

/** `all`: what can be chosen, first what holds until somebody chooses. */
export function keptChoice<T extends string>(
  name: string,
  all: readonly [T, ...T[]],
  storage: () => Pick<Storage, "getItem" | "setItem"> = () => localStorage,
): KeptChoice<T> {
  const value = signal<T>(all[0]);
  try {
    const found = storage().getItem(name) as T;
    if (all.includes(found)) value.value = found;
  } catch {
    // storage is closed to us
  }
  return {
    value,
    all,
    choose(wish) {
      value.value = wish;
      try {
        storage().setItem(name, wish);
      } catch {
        // storage is closed to us
      }
    },
  };
}
