/** What the sheet says of where music lives. It comes with the sheet. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

export const words = spoken("connections", {
  title: "Where your music lives",
  waiting: "Looking at what is connected…",
  failed: "This could not be asked.",
  connected: "Connected",
  others: "More places",
  none: "Nothing is connected yet. Choose a place below, and its music is here at once.",
  nothingElse: "Everything that is installed is connected.",
  more: "Others can be installed beside Affetto; each then appears here.",

  inFile: "From your settings file",
  on: "Works",
  trouble: "Does not work now",
  off: "Not connected",
  tracks: (n: number) => english.several(n, { zero: "No songs", one: "# song", other: "# songs" }),
  plays: "Can play, too",

  look: "Look for new songs",
  looking: "Asking every place for its songs…",
  found: (n: number) =>
    english.several(n, { zero: "Nothing new.", one: "# new song.", other: "# new songs." }),

  connect: "Connect",
  connectAnyway: "Connect anyway",
  change: "Change",
  test: "Test",
  testOf: (title: string) => `Test ${title}`,
  changeOf: (title: string) => `Change ${title}`,
  connectTo: (title: string) => `Connect ${title}`,
  disconnect: "Disconnect",
  disconnectOf: (title: string) => `Disconnect ${title}`,
  reallyDisconnect: "Its music leaves the library, and what you told of it is deleted.",
  stay: "Keep it",
  cancel: "Cancel",
  trying: "Trying it…",
  optional: "may stay empty",
  kept: "Kept. Leave it empty to keep it.",
  asked: "Nothing has to be told. Connect, and see what works.",
  works: "works",
  worksNot: "does not work",
  notOffered: "not offered there",
  notKept: "Not everything works, so nothing was kept.",
  isConnected: (title: string) => `${title} is connected.`,
  isGone: (title: string) => `${title} is disconnected.`,

  where: "Where it sounds",
  whereHint: "A player elsewhere sounds, and this page is its remote.",
  page: "This page",
  goesOn: (title: string) => `It sounds in ${title} now.`,
  goesOnHere: "It sounds here now.",
  looked: "The player does not answer and is looked for. After a minute the music goes on here.",
});
