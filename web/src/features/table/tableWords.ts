/** What the popularity table says. It comes with its sheet. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

export const words = spoken("table", {
  title: "Most popular",
  mood: "Which mood",
  moods: { all: "All", angry: "Angry", happy: "Happy", sad: "Sad", calm: "Calm" },
  waiting: "Sorting",
  failed: "The table could not be fetched.",
  none: "No song of this mood is known here. Choose another, or add music in the library.",
  name: "Name",
  artist: "Artist",
  feeling: "Mood",
  popularity: "Popularity",
  here: "Here",
  unknown: "not known",
  noMood: "not known",
  play: "Play",
  playOf: (title: string) => `Play ${title}`,
  elsewhere: "not here",
  counts: (total: number, playable: number) =>
    `${english.several(total, { one: "# song", other: "# songs" })}, ${english.number(playable)} of them can be played here.`,
  noPopularity:
    "Nothing says how popular these songs are. A table brings it: affetto library import FILE.",
  hint: "Popularity is from 0 to 100, as an imported table says it. Songs without one come last.",
  page: (page: number, pages: number) => `Page ${english.number(page)} of ${english.number(pages)}`,
  before: "Page before",
  after: "Next page",
});
