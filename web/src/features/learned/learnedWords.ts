/** What the sheet of the learned says. It comes with the sheet. */
import type { Imported, Statement } from "@/api/types";
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";
import { placeWords } from "@/texts";

const several = (n: number, one: string, other: string) =>
  english.several(n, { one: `# ${one}`, other: `# ${other}` });
const number = (n: number) => english.number(n, 2).replace("-", "\u2212");

/** Of whom a statement speaks: a decade has its century, a genre its own small letters. */
const named = ({ about, name }: Pick<Statement, "about" | "name">) =>
  about === "decade" ? `music of the ${name}s` : name;

export const words = spoken("learned", {
  title: "What I have learned about you",
  waiting: "Looking",
  failed: "What I know could not be fetched.",
  since: (day: string) => `Since ${day}.`,
  nothing:
    "Like a song, skip one, say that one fits: I learn from each of it. Or tell me below what you like.",

  likes: "What you seem to like",
  artists: "Artists",
  interval:
    "The line shows where it lies, by 95 in 100: left of the middle is less, right is more.",
  rests: (n: number, low: number, high: number) =>
    `from ${several(n, "answer", "answers")}, between ${number(low)} and ${number(high)}`,
  unclear: (n: number) => `Not clear yet: ${n}`,
  /** In the list of the unclear nobody needs to be told so on every line. */
  bare: (said: string) => said.replace(/^Not clear yet: /, ""),

  effect: "What music does to your mood",
  effectRests: (n: number) =>
    `From ${several(n, "song", "songs")} with a mood read before and after.`,
  usual: "How you usually are",
  usualIs: (valence: number, arousal: number, n: number) =>
    `Mostly ${placeWords(valence, arousal)}, from ${several(n, "reading", "readings")}.`,
  noUsual: "Not known yet.",
  leading: "How you like to be led",
  chance: (share: number) => `${Math.round(100 * share)} in 100`,

  liked: "Songs you like",
  noLiked: "None yet.",
  never: "Never again",
  noNever: "Nothing is kept away.",
  takeBack: "Take back",
  takeBackOf: (name: string) => `Take back: ${name}`,

  told: "What you tell me",
  toldHint: "Told, not guessed: it counts from the next song on.",
  noTold: "You have told me nothing yet.",
  says: (one: Statement) => {
    const when = one.mood ? `When you are ${one.mood}: ` : "";
    if (!when) return one.liked ? `You like ${named(one)}.` : `You do not like ${named(one)}.`;
    return one.liked ? `${when}play ${named(one)}.` : `${when}no ${named(one)}.`;
  },
  remove: "Remove",
  removeOf: (said: string) => `Remove: ${said}`,
  when: "When",
  whens: {
    "": "Always",
    sad: "When I am sad",
    angry: "When I am angry",
    happy: "When I am happy",
    calm: "When I am calm",
  },
  wish: "Wish",
  wishes: { yes: "play", no: "do not play" },
  about: "What",
  abouts: { artist: "the artist", genre: "the genre", decade: "the years" },
  name: "Name",
  names: { artist: "Name of the artist", genre: "Name of the genre", decade: "Decade" },
  decade: (from: number) => `${from}s`,
  add: "Tell me",

  novelty: "New or familiar",
  novelties: (share: number) =>
    share < 0.2
      ? "only what you know"
      : share < 0.45
        ? "mostly what you know"
        : share < 0.6
          ? "some of both"
          : share < 0.85
            ? "mostly new to you"
            : "as new as it gets",
  explicit: "Songs marked explicit may play",

  keeping: "Yours to take along",
  history: "Bring a listening history",
  historyHint:
    "A file from ListenBrainz (JSON) or Last.fm (CSV). It stays on this machine, and counts a little.",
  importing: "Reading the file",
  imported: ({ plays, matched, tracks, bad }: Imported) =>
    [
      `${several(plays, "play", "plays")} read, ${english.number(matched)} of them of ${several(tracks, "song", "songs")} you have here.`,
      bad ? `${several(bad, "line", "lines")} could not be read.` : "",
    ]
      .join(" ")
      .trim(),
  before: (plays: number) => `${several(plays, "play", "plays")} came from another history.`,
  export: "Save it all as a file",
  forget: "Forget what was learned",
  forgetAsk: "Forget all of it?",
  forgetGoes:
    "What I learned, your likes, what is never to play again, and the list of what was played are gone for good.",
  forgetStays: "What you told me stays, and so does your music.",
  forgetYes: "Forget it",
  forgetNo: "Keep it",
  forgotten: "Forgotten. I know you as little as on the first day.",
});
