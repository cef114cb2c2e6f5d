/** Where music lives and where it goes, in German. */
import type { Catalogue } from "../catalogue";
import { say } from "./say";

const songs = (n: number) => say.several(n, { one: "# Stück", other: "# Stücke" });

export const connections: Catalogue["connections"] = {
  title: "Wo deine Musik lebt",
  waiting: "Sehe nach, was verbunden ist…",
  failed: "Das ließ sich nicht fragen.",
  connected: "Verbunden",
  others: "Weitere Orte",
  none: "Noch ist nichts verbunden. Wähle unten einen Ort, und seine Musik ist sofort hier.",
  nothingElse: "Alles, was installiert ist, ist verbunden.",
  more: "Weitere lassen sich neben Affetto installieren; jeder erscheint dann hier.",

  inFile: "Aus deiner Einstellungsdatei",
  on: "Geht",
  trouble: "Geht gerade nicht",
  off: "Nicht verbunden",
  tracks: (n) => (n ? songs(n) : "Keine Stücke"),
  plays: "Kann auch abspielen",

  look: "Nach neuen Stücken sehen",
  looking: "Frage jeden Ort nach seinen Stücken…",
  found: (n) =>
    n ? say.several(n, { one: "# neues Stück.", other: "# neue Stücke." }) : "Nichts Neues.",

  connect: "Verbinden",
  connectAnyway: "Trotzdem verbinden",
  change: "Ändern",
  test: "Prüfen",
  testOf: (title) => `${title} prüfen`,
  changeOf: (title) => `${title} ändern`,
  connectTo: (title) => `${title} verbinden`,
  disconnect: "Trennen",
  disconnectOf: (title) => `${title} trennen`,
  reallyDisconnect:
    "Seine Musik verlässt die Sammlung, und was du dazu angegeben hast, wird gelöscht.",
  stay: "Behalten",
  cancel: "Abbrechen",
  trying: "Probiere es…",
  optional: "darf leer bleiben",
  kept: "Aufbewahrt. Lass es leer, um es zu behalten.",
  asked: "Es ist nichts anzugeben. Verbinde, und sieh, was geht.",
  works: "geht",
  worksNot: "geht nicht",
  notOffered: "wird dort nicht angeboten",
  notKept: "Nicht alles geht, darum wurde nichts aufbewahrt.",
  isConnected: (title) => `${title} ist verbunden.`,
  isGone: (title) => `${title} ist getrennt.`,

  where: "Wo es klingt",
  whereHint: "Ein Spieler anderswo klingt, und diese Seite ist seine Fernbedienung.",
  page: "Diese Seite",
  goesOn: (title) => `Es klingt jetzt in ${title}.`,
  goesOnHere: "Es klingt jetzt hier.",
  looked:
    "Der Spieler antwortet nicht und wird gesucht. Nach einer Minute geht die Musik hier weiter.",
};

export const playlists: Catalogue["playlists"] = {
  title: "Als Playlist sichern",
  hint: "Was spielt und was als Nächstes kommt, für einen anderen Spieler.",
  save: (format) => `Als ${format} sichern`,
  m3u8: "Die meisten Spieler lesen es: MPD, VLC, Navidrome. Stücke ohne Datei hier bleiben weg.",
  xspf: "Nimmt auch Stücke auf, die nur dem Namen nach bekannt sind.",
  jspf: "Dasselbe für ListenBrainz und für Programme.",
  relative: "Dateien vom Musikordner aus benennen",
  relativeHint: "Für einen Ordner, der zwischen Maschinen wandert.",
  saved: (name) => `Gesichert: ${name}`,
  failed: "Das ließ sich nicht machen.",
  looking: "Ich sehe nach…",

  keepTitle: "Wo deine Musik lebt",
  keepName: "Name",
  keepNameHelp: "Bleibt er leer, heißt sie nach Tag und Uhrzeit.",
  keepIn: (title) => `In ${title} sichern`,
  keepDone: (name, n) => `In „${name}“: ${songs(n)}.`,
  keepMissing: (titles) => `Nicht dort: ${titles}.`,

  connect: "Verbinden",
  connectTo: (name) => `${name} verbinden`,
  disconnect: "Trennen",
  disconnectOf: (name) => `${name} trennen`,
  stay: "Behalten",
  cancel: "Abbrechen",
  off: "Nicht verbunden",
  gone: (name) => `${name} ist getrennt.`,
  isOn: (name) => `${name} ist verbunden.`,

  brainzHint: "Führt ein öffentliches Tagebuch dessen, was du hörst, wenn du es sagst.",
  brainzUser: (user) => `Verbunden als ${user}`,
  brainzTold: "Alles Gehörte ist gemeldet.",
  brainzWaiting: (n) =>
    say.several(n, {
      one: "# Stück wartet darauf, gemeldet zu werden.",
      other: "# Stücke warten darauf, gemeldet zu werden.",
    }),
  brainzText: "Was gesendet wird",
  brainzToken: "Token",
  brainzTokenHelp:
    "Er steht auf deiner Einstellungsseite bei ListenBrainz. Er wird versiegelt aufbewahrt.",
  brainzTokenPage: "Diese Seite öffnen",
  brainzAgree: "Ich stimme zu, verbinden",
  brainzLeaving: "Der Token wird gelöscht, und es wird nichts mehr gesendet.",

  tubeHint: "Legt Playlists in deinem eigenen Konto an. Von dort spielt nichts.",
  tubeOn: "Verbunden",
  tubeSteps:
    "Google möchte eine eigene Anmeldung von dir: einen OAuth-Client der Art Desktop-App, mit eingeschalteter „YouTube Data API v3“.",
  tubeClient: "Client-ID",
  tubeSecret: "Client-Geheimnis",
  tubeSecretHelp: "Es wird versiegelt aufbewahrt.",
  tubeRedirect: (address) => `Falls Google nach einer Weiterleitungsadresse fragt: ${address}`,
  tubeNext: "Weiter",
  tubeGo: "Bei Google weitermachen",
  tubeGoHint: "Stimme dort zu, schließ das Fenster und komm zurück. Diese Seite merkt es.",
  tubeLeaving: "Die Anmeldung wird hier und bei Google gelöscht. Deine Playlists bleiben.",
  tubeTerms: "Nutzungsbedingungen von YouTube",
  tubePrivacy: "Datenschutzerklärung von Google",

  tubeTitle: "YouTube",
  tubeMake: "Eine Playlist bei YouTube anlegen",
  tubeMakeHint: "Eine private in deinem Konto, mit dem ersten Video, das sich je Stück findet.",
  tubeNot: "Verbinde YouTube in den Einstellungen, um dort eine Playlist anzulegen.",
  tubeMaking: (done, total) => `${done} von ${total} Stücken gesucht`,
  tubeMade: (n) =>
    say.several(n, {
      one: "# Stück ist in der Playlist.",
      other: "# Stücke sind in der Playlist.",
    }),
  tubeOpen: "Bei YouTube öffnen",
  tubeMissed: "Nicht darin",
  tubeFind: (title) => `„${title}“ suchen`,
  tubeLeft: (n) =>
    say.several(n, {
      one: "# Stück wurde nicht versucht.",
      other: "# Stücke wurden nicht versucht.",
    }),
};

export const spotify: Catalogue["spotify"] = {
  title: "Spotify",
  waiting: "Ich sehe nach",
  failed: "Die Einstellungen zu Spotify ließen sich nicht holen.",
  lead: "Spiele auf deinen eigenen Spotify-Geräten, was zu deiner Stimmung passt. Du brauchst Spotify Premium.",

  connect: "Verbinden",
  stepApp:
    "Melde dich in Spotifys Entwickler-Dashboard an und lege eine App an. Jeder Name geht; wähle die Web API.",
  dashboard: "Das Dashboard öffnen",
  stepRedirect: "Gib als Weiterleitungsadresse der App genau dies ein:",
  copy: "Kopieren",
  copied: "Kopiert.",
  notCopied: "Dieser Browser kopiert nicht. Markiere die Adresse und kopiere sie selbst.",
  stepId: "Kopiere die Client-ID der App in dieses Feld. Ein Geheimnis braucht es nicht.",
  clientId: "Client-ID",
  clientIdWrong: "Eine Client-ID hat 32 Buchstaben und Ziffern.",
  signIn: "Bei Spotify anmelden",
  signInHint: "Du gehst zu Spotify und kommst hierher zurück.",

  now: "Gerade bei Spotify",
  nothing: "Bei Spotify spielt nichts.",
  by: (title, artist) => `${title} von ${artist}`,
  on: (device) => `auf ${device}, gespielt von Spotify`,
  openSong: "Bei Spotify öffnen",
  play: "Abspielen",
  pause: "Pause",
  back: "Zurück",
  next: "Weiter",
  volume: "Lautstärke bei Spotify",

  devices: "Wo es klingt",
  noDevices:
    "Keines deiner Geräte ist wach. Öffne die Spotify-App auf einem Telefon oder Computer.",
  look: "Noch einmal nachsehen",
  active: "spielt dort",
  unusable: "nimmt von hier keine Befehle an",

  moods: "Was passt",
  fits: "Spielen, was jetzt passt",
  moodsHint:
    "Für jede Stimmung ein paar Wörter zum Suchen oder der Link einer Playlist. Bleibt es leer, werden Stücke unserer Liste bei Spotify gesucht.",
  moodsLinks: "Diese öffnen sich bei Spotify, mit oder ohne Konto.",
  names: {
    happy: "Fröhlich",
    calm: "Ruhig",
    neutral: "Ausgeglichen",
    sad: "Traurig",
    angry: "Wütend",
    fear: "Ängstlich",
    disgust: "Angeekelt",
    surprise: "Überrascht",
  },
  wordsFor: (mood) => `Was spielen soll bei: ${mood}`,
  playMood: (mood) => `Abspielen: ${mood}`,
  openMood: (mood) => `Bei Spotify öffnen: ${mood}`,
  list: "unsere Liste",
  open: "Öffnen",
  kept: "Aufbewahrt.",
  instead: "Stattdessen bei Spotify öffnen",
  lookingUp: (done, wanted) => `Suche Stücke: ${say.number(done)} von ${say.number(wanted)}`,
  found: (n, wanted) =>
    `${say.number(n)} von ${say.several(wanted, { one: "# Stück", other: "# Stücken" })} bei Spotify gefunden.`,
  missed: (n) =>
    say.several(n, { one: "# Stück ist nicht dort", other: "# Stücke sind nicht dort" }),

  keep: "Als Playlist aufbewahren",
  keepHint: "Sie ist privat und wird erneuert, wenn du es wieder verlangst.",
  playlistName: "Name der Playlist",
  ofPlayed: "Was aufgelegt wurde",
  ofSession: "Die Stücke dieser Sitzung",
  written: (n) => `Eine Playlist mit ${say.several(n, { one: "# Stück", other: "# Stücken" })}.`,
  openPlaylist: "Die Playlist öffnen",

  saved: "Deine gemerkten Stücke",
  showSaved: "Zeigen",
  moreSaved: "Mehr zeigen",
  noSaved: "Es gibt keine.",
  playSong: (title) => `${title} abspielen`,
  queueSong: (title) => `${title} in Spotifys Reihe stellen`,
  later: "Später",
  queued: (title) => `${title} kommt später.`,

  connection: "Verbindung",
  until: (day) => `Verbunden. Etwa am ${day} bittet Spotify dich wieder, dich anzumelden.`,
  terms:
    "Was Spotify sagt, wird gezeigt und gespielt. Nichts davon wird aufbewahrt, gelernt oder mit anderer Musik gemischt.",
  disconnect: "Trennen",
  disconnectAsk: "Spotify trennen?",
  disconnectSays: "Die Anmeldung wird sofort gelöscht. Die Wörter für deine Stimmungen bleiben.",
  disconnectYes: "Trennen",
  disconnectNo: "Verbunden bleiben",
};
