/** How the history is said: lengths, days, weeks, and whose word is asked for. */
import { placeWords } from "@/texts";
import { words } from "./historyWords";

/** A length as one says it. */
export function lasting(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return words.aMoment;
  if (minutes < 60) return words.minutes(minutes);
  const hours = words.hours(Math.floor(minutes / 60));
  const rest = minutes % 60;
  return rest ? words.hoursAnd(hours, words.minutes(rest)) : hours;
}

/** The Monday at midnight, here, of the week `back` weeks before the one of `now`. */
export function monday(now: Date, back = 0): Date {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7) - 7 * back);
  return day;
}

export const placed = (place: { valence: number; arousal: number }) =>
  placeWords(place.valence, place.arousal);
