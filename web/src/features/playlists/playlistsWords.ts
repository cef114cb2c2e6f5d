/** What the page says of music going out. It comes with its sheets. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";

export const words = spoken("playlists", {
  title: "Save as a playlist",
  hint: "What plays, and what comes next, for another player.",
  save: (format: string) => `Save as ${format}`,
  m3u8: "Most players read it: MPD, VLC, Navidrome. Songs without a file here are left out.",
  xspf: "Holds songs known by name only, too.",
  jspf: "The same for ListenBrainz and for programs.",
  relative: "Name files as seen from the music folder",
  relativeHint: "For a folder that moves between machines.",
  saved: (name: string) => `Saved: ${name}`,
  failed: "This could not be done.",
  looking: "Looking…",

  keepTitle: "Where your music lives",
  keepName: "Name",
  keepNameHelp: "Left empty, it is called after the day and the time.",
  keepIn: (title: string) => `Keep it in ${title}`,
  keepDone: (name: string, n: number) =>
    english.several(n, { one: `“${name}” holds # song.`, other: `“${name}” holds # songs.` }),
  keepMissing: (titles: string) => `Not there: ${titles}.`,

  connect: "Connect",
  connectTo: (name: string) => `Connect ${name}`,
  disconnect: "Disconnect",
  disconnectOf: (name: string) => `Disconnect ${name}`,
  stay: "Keep it",
  cancel: "Cancel",
  off: "Not connected",
  gone: (name: string) => `${name} is disconnected.`,
  isOn: (name: string) => `${name} is connected.`,

  brainzHint: "Keeps a public diary of what you hear, if you say so.",
  brainzUser: (user: string) => `Connected as ${user}`,
  brainzTold: "All that was heard is told.",
  brainzWaiting: (n: number) =>
    english.several(n, { one: "# song waits to be told.", other: "# songs wait to be told." }),
  brainzText: "What is sent",
  brainzToken: "User token",
  brainzTokenHelp: "It stands on your settings page at ListenBrainz. It is kept sealed.",
  brainzTokenPage: "Open that page",
  brainzAgree: "I agree, connect",
  brainzLeaving: "The token is deleted, and nothing more is sent.",

  tubeHint: "Make playlists in your own account. Nothing plays from there.",
  tubeOn: "Connected",
  tubeSteps:
    "Google wants a registration of your own: an OAuth client of the kind desktop app, with “YouTube Data API v3” switched on.",
  tubeClient: "Client ID",
  tubeSecret: "Client secret",
  tubeSecretHelp: "It is kept sealed.",
  tubeRedirect: (address: string) => `If Google asks for a redirect address: ${address}`,
  tubeNext: "Next",
  tubeGo: "Go on at Google",
  tubeGoHint: "Agree there, close its window, and come back. This page notices.",
  tubeLeaving: "The sign-in is deleted here and at Google. Your playlists stay.",
  tubeTerms: "YouTube’s terms",
  tubePrivacy: "Google’s privacy policy",

  tubeTitle: "YouTube",
  tubeMake: "Make a playlist at YouTube",
  tubeMakeHint: "A private one in your account, with the first video found for each song.",
  tubeNot: "Connect YouTube in the settings to make a playlist there.",
  tubeMaking: (done: number, total: number) => `${done} of ${total} songs looked for`,
  tubeMade: (n: number) =>
    english.several(n, {
      one: "# song is in the playlist.",
      other: "# songs are in the playlist.",
    }),
  tubeOpen: "Open it at YouTube",
  tubeMissed: "Not in it",
  tubeFind: (title: string) => `Look for “${title}”`,
  tubeLeft: (n: number) =>
    english.several(n, { one: "# song was not tried.", other: "# songs were not tried." }),
});
