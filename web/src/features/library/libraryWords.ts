/** What the library says. It comes with the library, not with the first visit. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";
import { placeWords } from "@/texts";

const FROM: Record<string, string> = {
  sound: "its sound",
  score: "its score",
  tags: "its tags",
  lyrics: "its words",
  table: "an imported table",
  list: "a list of songs",
  curated: "a list of songs",
};

const several = (n: number, one: string, other: string) =>
  english.several(n, { one: `# ${one}`, other: `# ${other}` });

/** About how long, as one says it. */
function about(seconds: number): string {
  if (seconds < 50) return "less than a minute";
  if (seconds < 90) return "about a minute";
  if (seconds < 3000) return `about ${Math.round(seconds / 60)} minutes`;
  const hours = Math.round(seconds / 1800) / 2;
  return hours === 1 ? "about an hour" : `about ${hours} hours`;
}

export const words = spoken("library", {
  map: {
    label: "Map of your music",
    role: "mood map",
    help: "Arrow keys move over the map, Enter lists what lies near, plus and minus bring it nearer. The list says the same.",
    said: (total: number, parts: Record<string, number>) =>
      `${several(total, "track", "tracks")}: ${Object.entries(parts)
        .map(([word, n]) => `${english.number(n)} ${word}`)
        .join(", ")}.`,
    near: (place: string, n: number) =>
      `${place}, ${n ? several(n, "track", "tracks") : "no tracks"} near`,
    closer: "Nearer",
    farther: "Farther",
    whole: "All of it",
    key: "Each dot is a track. The dashed ring shows how unsure its place is.",
    waiting: "Drawing the map",
    unplaced: (n: number) => `${several(n, "track has", "tracks have")} no place yet.`,
    failed: "The map did not come.",
  },

  list: "All of your music",
  nearHere: (valence: number, arousal: number) => `Near here: ${placeWords(valence, arousal)}`,
  nothingNear: "Nothing lies near.",
  back: "Back to the list",

  track: {
    play: "Play it",
    pause: "Pause",
    resume: "Go on",
    place: (words: string) => words.charAt(0).toUpperCase() + words.slice(1),
    noPlace: "Nobody has listened to it yet, so it has no mood.",
    sure: (sd: number) =>
      sd < 0.2 ? "quite sure" : sd < 0.4 ? "fairly sure" : "only roughly known",
    from: (sources: readonly string[]) => {
      return `Told from ${english.list(sources.map((one) => FROM[one] ?? one))}.`;
    },
    tempo: "Tempo",
    bpm: (n: number) => `${Math.round(n)} beats a minute`,
    key: "Key",
    energy: "Energy",
    energies: (share: number) => (share < 0.34 ? "low" : share < 0.67 ? "middling" : "high"),
    voice: "Voice",
    voices: (chance: number) =>
      chance > 0.65 ? "somebody sings" : chance < 0.35 ? "no singing" : "hard to tell",
    genre: "Genre",
    length: "Length",
    popularity: "Popularity",
    outOf: (n: number) => `${n} of 100`,
    alike: "Sounds like this",
  },

  curve: {
    title: "How it moves",
    label: "How its mood moves over time",
    waiting: "Listening through it",
    failed: "It could not be listened through.",
    said: (clock: string, place: string) => `${clock}, ${place}`,
  },

  scan: {
    title: "Add your music",
    more: "More about the scan",
    bar: "How far the scan is",
    folder: "Your music folder",
    start: "Scan it",
    again: "Scan it again",
    stop: "Stop",
    looking: "Looking through the folder",
    progress: (done: number, all: number) =>
      `${english.number(done)} of ${several(all, "file", "files")}`,
    left: (seconds: number) => `${about(seconds)} left`,
    usable: "What was heard plays at once.",
    nothingNew: "Nothing is new in the folder.",
    done: (n: number) => `${n ? several(n, "file was", "files were") : "No file was"} listened to.`,
    stopped: (n: number) =>
      n
        ? `Stopped. ${several(n, "file that was heard stays", "files that were heard stay")}; the next scan goes on from there.`
        : "Stopped. No file was heard yet.",
    passedOver: (kinds: Record<string, number>) =>
      `Passed over, since these cannot be decoded yet: ${Object.entries(kinds)
        .map(([ending, n]) => `${n} ${ending}`)
        .join(", ")}.`,
    elsewhere: "Another folder? Type this in a terminal.",
  },

  failed: {
    open: (n: number) => `${several(n, "file", "files")} could not be read: why?`,
    title: "What could not be read",
    none: "Every file could be read.",
    more: (n: number) => `And ${several(n, "other", "others")}.`,
  },
});
