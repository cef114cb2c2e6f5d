/** The mood map told as a list, for whoever does not see it. */
import { spoken } from "@/languages/spoken";

export const words = spoken("map", {
  list: "On the map",
  you: (place: string, sure: string) => `You: ${place}; ${sure}`,
  toward: (place: string) => `Toward: ${place}`,
  now: (title: string, place: string) => `Now “${title}”: ${place}`,
  next: (n: number, title: string, place: string) => `Next ${n}, “${title}”: ${place}`,
  nowhere: "its mood is not known",
  sure: { well: "quite sure", fairly: "fairly sure", hardly: "not very sure" },
});
