/** Where faces are read, as the listener chose it; kept in this browser. */
import { type ReadonlySignal, signal } from "@preact/signals";

export type ReadingPlace = "device" | "server" | "none";
export const PLACES: readonly ReadingPlace[] = ["device", "server", "none"];
const KEPT_AS = "affetto-reading-place";

export interface ReadingPlaceChoice {
  readonly value: ReadonlySignal<ReadingPlace>;
  choose(place: ReadingPlace): void;
}

export function createReadingPlace(storage: () => Storage): ReadingPlaceChoice {
  const value = signal<ReadingPlace>(kept(storage));
  return {
    value,
    choose(place) {
      value.value = place;
      try {
        storage().setItem(KEPT_AS, place);
      } catch {
        // storage is closed to us; the choice lasts as long as the page
      }
    },
  };
}

function kept(storage: () => Storage): ReadingPlace {
  try {
    const found = storage().getItem(KEPT_AS) as ReadingPlace;
    return PLACES.includes(found) ? found : "device";
  } catch {
    return "device";
  }
}
