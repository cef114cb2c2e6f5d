/** What the five songs say. They come with their sheet. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

export const words = spoken("five", {
  title: "Five songs",
  lead: "Five songs of a mood, by chance. Pick one, and the others are ranked by how like it they are.",
  mood: "Which mood",
  moods: { angry: "Angry", happy: "Happy", sad: "Sad", calm: "Calm" },
  choose: "Choose a mood to begin.",
  waiting: "Drawing five",
  ranking: "Comparing",
  failed: "They could not be fetched.",
  none: "No song of this mood is here. Choose another, or add music in the library.",
  pick: "Pick one",
  pickOf: (title: string) => `Pick ${title}`,
  again: "Five others",
  back: "Back to the five",
  picked: (title: string) => `Like ${title}`,
  of: (n: number) =>
    `Compared with ${english.several(n, { one: "# other song", other: "# other songs" })} of this mood.`,
  alone: "It is the only song of this mood here.",
  cosine: "By direction (cosine)",
  cosineHint:
    "How earlier systems ranked. It sees only which way a song lies from the corner of the map: a faint feeling and a strong one count as the same.",
  distance: "By distance",
  distanceHint:
    "How far apart the two songs lie on the map, near is like. It tells faint from strong.",
  score: (cosine: number) => `cosine ${english.number(cosine, 4)}`,
  apart: (distance: number) => `distance ${english.number(distance, 2)}`,
  play: "Play",
  playOf: (title: string) => `Play ${title}`,
  playing: (title: string) => `${title} plays.`,
});
