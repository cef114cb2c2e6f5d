/** What Spotify's sheet says. It comes with the sheet. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

export const words = spoken("spotify", {
  title: "Spotify",
  waiting: "Looking",
  failed: "Spotify's settings could not be fetched.",
  lead: "Play what fits your mood on your own Spotify devices. You need Spotify Premium.",

  connect: "Connect",
  stepApp:
    "In Spotify's developer dashboard, sign in and create an app. Any name will do; choose the Web API.",
  dashboard: "Open the dashboard",
  stepRedirect: "As redirect URI of the app, enter exactly this:",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "This browser does not copy. Select the address and copy it yourself.",
  stepId: "Copy the app's Client ID into this field. No secret is needed.",
  clientId: "Client ID",
  clientIdWrong: "A Client ID is 32 letters and digits.",
  signIn: "Sign in at Spotify",
  signInHint: "You go to Spotify and come back here.",

  now: "At Spotify now",
  nothing: "Nothing plays at Spotify.",
  by: (title: string, artist: string) => `${title} by ${artist}`,
  on: (device: string) => `on ${device}, played by Spotify`,
  openSong: "Open at Spotify",
  play: "Play",
  pause: "Pause",
  back: "Back",
  next: "Next",
  volume: "Volume at Spotify",

  devices: "Where it sounds",
  noDevices: "No device of yours is awake. Open the Spotify app on a phone or computer.",
  look: "Look again",
  active: "plays there",
  unusable: "takes no commands from here",

  moods: "What fits",
  fits: "Play what fits now",
  moodsHint:
    "For each mood, a few words to search for or the link of a playlist. Empty, songs of our list are looked up at Spotify.",
  moodsLinks: "These open at Spotify, with or without an account.",
  names: {
    happy: "Happy",
    calm: "Calm",
    neutral: "Neutral",
    sad: "Sad",
    angry: "Angry",
    fear: "Afraid",
    disgust: "Disgusted",
    surprise: "Surprised",
  },
  wordsFor: (mood: string) => `What to play for: ${mood}`,
  playMood: (mood: string) => `Play: ${mood}`,
  openMood: (mood: string) => `Open at Spotify: ${mood}`,
  list: "our list",
  open: "Open",
  kept: "Kept.",
  instead: "Open it at Spotify instead",
  lookingUp: (done: number, wanted: number) =>
    `Looking up songs: ${english.number(done)} of ${english.number(wanted)}`,
  found: (n: number, wanted: number) =>
    `${english.number(n)} of ${english.several(wanted, { one: "# song", other: "# songs" })} found at Spotify.`,
  missed: (n: number) =>
    english.several(n, { one: "# song is not there", other: "# songs are not there" }),

  keep: "Keep it as a playlist",
  keepHint: "It is private, and brought up to date when you ask again.",
  playlistName: "Name of the playlist",
  ofPlayed: "What was put on",
  ofSession: "The songs of this session",
  written: (songs: number) =>
    english.several(songs, { one: "A playlist of # song.", other: "A playlist of # songs." }),
  openPlaylist: "Open the playlist",

  saved: "Your saved songs",
  showSaved: "Show them",
  moreSaved: "Show more",
  noSaved: "There are none.",
  playSong: (title: string) => `Play ${title}`,
  queueSong: (title: string) => `Put ${title} into Spotify's queue`,
  later: "Later",
  queued: (title: string) => `${title} comes later.`,

  connection: "Connection",
  until: (day: string) => `Connected. Spotify asks you to sign in again about ${day}.`,
  terms:
    "What Spotify tells is shown and played. Nothing of it is kept, learned from or mixed with other music.",
  disconnect: "Disconnect",
  disconnectAsk: "Disconnect Spotify?",
  disconnectSays: "The sign-in is deleted at once. The words for your moods stay.",
  disconnectYes: "Disconnect it",
  disconnectNo: "Stay connected",
});
