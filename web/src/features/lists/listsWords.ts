/** What the editor of the song lists says. It comes with its sheet. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

const several = (n: number) =>
  english.several(n, { zero: "No songs", one: "# song", other: "# songs" });

export const words = spoken("lists", {
  title: "Song lists",
  lead: "Well-known songs for seven feelings. Change them as you like; each change is kept at once.",
  which: "Which list",
  emotions: {
    angry: "Angry",
    disgust: "Disgusted",
    fear: "Afraid",
    happy: "Happy",
    sad: "Sad",
    surprise: "Surprised",
    neutral: "Neutral",
  },
  waiting: "Fetching the list",
  failed: "The list could not be fetched.",
  notKept: "That was not kept.",
  empty: "This list is empty. Add a song, or have the list as it came.",
  count: (n: number) => `${several(n)}, as they came.`,
  countEdited: (n: number) => `${several(n)}, changed by you.`,
  yours: "yours",
  owned: "in your library",
  open: (title: string, service: string) => `Look for ${title} on ${service}`,
  openShort: "Look for it",
  explicit: "explicit",

  add: "Add a song",
  edit: "Change",
  editOf: (title: string) => `Change ${title}`,
  remove: "Remove",
  removeOf: (title: string) => `Remove ${title}`,
  up: "Up",
  upOf: (title: string) => `Move ${title} up`,
  down: "Down",
  downOf: (title: string) => `Move ${title} down`,
  removed: (title: string) => `${title} is removed.`,
  putBack: "Put it back",
  moved: (title: string, place: number) => `${title} is now number ${english.number(place)}.`,
  kept: (title: string) => `${title} is kept.`,

  form: {
    add: "A song to add",
    edit: "Change the song",
    title: "Title",
    artist: "Artist",
    year: "Year",
    because: "Why it belongs",
    explicit: "Its words are explicit",
    save: "Keep it",
    cancel: "Leave it",
    draft: "What you typed before is still here.",
  },

  files: "As files",
  filesHint:
    "A table (CSV), JSON or YAML. A file with a mistake in it changes nothing, and its line is named.",
  import: "Bring songs from a file",
  exactly: "The file is the whole list",
  asCsv: "Save this list (CSV)",
  asJson: "Save all lists (JSON)",
  importing: "Reading the file",
  imported: (added: number, changed: number, removed: number) =>
    `${english.number(added)} added, ${english.number(changed)} changed, ${english.number(removed)} removed.`,
  reset: "Have it as it came",
  resetAsk: "Have this list as it came?",
  resetGoes:
    "The songs you added, changed, moved or removed here are forgotten. Save the list first if you may want them again.",
  resetYes: "As it came",
  resetNo: "Keep mine",
  wasReset: "The list is as it came.",
});
