/** The German of music going out: playlists, ListenBrainz, YouTube. */
import type { Catalogue } from "../catalogue";
import { say } from "./say";

export const playlistDoor: Catalogue["playlistDoor"] = { open: "Als Playlist sichern" };

export const playlists: Catalogue["playlists"] = {
  title: "Als Playlist sichern",
  hint: "Was spielt und was als Nächstes kommt, für einen anderen Player.",
  save: (format) => `Als ${format} sichern`,
  m3u8: "Fast jeder Player liest es: MPD, VLC, Navidrome. Stücke, von denen hier keine Datei liegt, fehlen darin.",
  xspf: "Enthält auch Stücke, von denen nur der Name bekannt ist.",
  jspf: "Dasselbe für ListenBrainz und für Programme.",
  relative: "Dateien vom Musikordner aus benennen",
  relativeHint: "Für einen Ordner, der von Gerät zu Gerät wandert.",
  saved: (name) => `Gesichert: ${name}`,
  failed: "Das ging nicht.",
  looking: "Einen Moment…",

  connect: "Verbinden",
  connectTo: (name) => `${name} verbinden`,
  disconnect: "Trennen",
  disconnectOf: (name) => `${name} trennen`,
  stay: "Behalten",
  cancel: "Abbrechen",
  off: "Nicht verbunden",
  gone: (name) => `${name} ist getrennt.`,
  isOn: (name) => `${name} ist verbunden.`,

  brainzHint: "Führt ein öffentliches Tagebuch dessen, was du hörst, wenn du es willst.",
  brainzUser: (user) => `Verbunden als ${user}`,
  brainzTold: "Alles Gehörte ist gemeldet.",
  brainzWaiting: (n) =>
    say.several(n, {
      one: "# Stück wartet darauf, gemeldet zu werden.",
      other: "# Stücke warten darauf, gemeldet zu werden.",
    }),
  brainzText: "Was gesendet wird",
  brainzToken: "Token",
  brainzTokenHelp: "Es steht bei ListenBrainz in deinen Einstellungen. Hier liegt es versiegelt.",
  brainzTokenPage: "Diese Einstellungen öffnen",
  brainzAgree: "Einverstanden, verbinden",
  brainzLeaving: "Das Token wird gelöscht, und nichts wird mehr gesendet.",

  tubeHint: "Legt Playlists in deinem eigenen Konto an. Von dort spielt hier nichts.",
  tubeOn: "Verbunden",
  tubeSteps:
    "Google verlangt eine eigene Anmeldung von dir: einen OAuth-Client der Art „Desktop app“, mit eingeschalteter „YouTube Data API v3“.",
  tubeClient: "Client-ID",
  tubeSecret: "Client-Secret",
  tubeSecretHelp: "Es liegt hier versiegelt.",
  tubeRedirect: (address) => `Falls Google nach einer Rücksprungadresse fragt: ${address}`,
  tubeNext: "Weiter",
  tubeGo: "Weiter bei Google",
  tubeGoHint: "Stimme dort zu, schließe das Fenster und komm zurück. Diese Seite merkt es.",
  tubeLeaving: "Die Anmeldung wird hier und bei Google gelöscht. Deine Playlists bleiben.",
  tubeTerms: "Nutzungsbedingungen von YouTube",
  tubePrivacy: "Datenschutzerklärung von Google",

  tubeTitle: "YouTube",
  tubeMake: "Playlist bei YouTube anlegen",
  tubeMakeHint:
    "Eine private in deinem Konto, mit dem ersten Video, das sich zu jedem Stück findet.",
  tubeNot: "Verbinde YouTube in den Einstellungen, um dort eine Playlist anzulegen.",
  tubeMaking: (done, total) => `${say.number(done)} von ${say.number(total)} Stücken gesucht`,
  tubeMade: (n) =>
    say.several(n, {
      one: "# Stück ist in der Playlist.",
      other: "# Stücke sind in der Playlist.",
    }),
  tubeOpen: "Bei YouTube öffnen",
  tubeMissed: "Nicht darin",
  tubeFind: (title) => `Nach „${title}“ suchen`,
  tubeLeft: (n) =>
    say.several(n, {
      one: "# Stück wurde nicht versucht.",
      other: "# Stücke wurden nicht versucht.",
    }),
};
