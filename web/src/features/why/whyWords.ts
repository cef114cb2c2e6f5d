/** What the sheet “Why this song” says. It comes with the sheet. */
import { spoken } from "@/languages/spoken";

export const words = spoken("why", {
  title: "Why this song",
  picked: "You picked this one yourself. There is nothing to explain.",
  terms: "What counted most",
  termsHint: "Seen against a typical song of your music.",
  for: "for it",
  against: "against it",
  instead: "And otherwise?",
  learned: "What I have learned about you",
  /** The terms of `affetto.recommending.scoring`, by their names. */
  each: {
    taste: "Whether it is your kind of music",
    told: "What you told me you like",
    artist: "How you like its artist",
    track: "How you liked this song before",
    others: "What other listeners like",
    nearer: "Where it may take your mood",
    closeness: "Where it lies on the map",
    transition: "How it follows the song before",
    variety: "Not the same again and again",
    novelty: "How new it is to you",
    chance: "A try, to learn what you like",
    turn: "As good as others, and its turn",
  } as Record<string, string>,
});
