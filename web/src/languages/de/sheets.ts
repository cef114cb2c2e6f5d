/** The German of the sheets that come later: settings, first steps, own songs, the reason. */
import type { Catalogue } from "../catalogue";

export const settings: Catalogue["settings"] = {
  title: "Einstellungen",

  look: "Aussehen",
  theme: "Farben",
  themeHint: "Die Farben folgen ein wenig deiner Stimmung. Hoher Kontrast lässt sie beiseite.",
  themes: { system: "Wie dieses Gerät", light: "Hell", dark: "Dunkel", contrast: "Hoher Kontrast" },
  text: "Größe der Schrift",
  textHint: "Die Schrift wächst, und was um sie herum ist, bleibt.",
  texts: { normal: "Normale", large: "Große", largest: "Größte" },
  motion: "Weniger Bewegung",
  motionHint: "Zeichen und Farben wechseln auf einmal, statt sich zu bewegen.",

  language: "Sprache",
  languageHint: "Sie wechselt sofort, und dieser Browser merkt sie sich.",
  languageFailed:
    "Ihre Wörter ließen sich nicht holen. Versuch es noch einmal, wenn der Server antwortet.",

  sound: "Ton",
  volume: "Lautstärke",
  volumeHint: "Wie laut diese Seite ist. Die Lautstärke des Geräts zählt auch.",

  sensing: "Sensoren",
  sensingHint:
    "Wo dein Gesicht gelesen wird, was läuft und wie du es anhältst. Nichts läuft von selbst.",
  sensors: "Zu den Sensoren",

  music: "Musik",
  musicHint: "Alles, was hier spielen kann, und wo mehr dazukommt.",
  library: "Deine Musik",
  lives: "Wo deine Musik lebt",
  livesHint: "Musikserver, Spieler und Dienste, und wo die Musik klingt.",

  privacy: "Privates",
  privacyHint:
    "Was du spielst, magst und überspringst, bleibt auf der Maschine, auf der Affetto läuft, und nirgendwo sonst. Du kannst es ansehen und vergessen lassen.",
  learned: "Was ich über dich gelernt habe",

  app: "Als App",
  appHint: "Affetto kann sich wie eine App öffnen und weitergehen, wenn der Server nicht da ist.",
  install: "Installieren",
  offline: "Ohne den Server öffnen",
  offlineHint:
    "Die Dateien der Seite selbst bleiben in diesem Browser. Keine Musik, keine Stimmung und kein Bild ist dabei.",
  offlineFailed: "Das ging nicht. Versuch es noch einmal, wenn der Server antwortet.",
  ownMusic: "Stücke auf diesem Gerät",

  help: "Hilfe",
  helpHint: "Die ersten Schritte, und was jede Taste tut.",
  guide: "Erste Schritte",
  keys: "Tastatur",
  about: (version) => `Affetto ${version}`,
};

export const guide: Catalogue["guide"] = {
  title: "Erste Schritte",
  steps: {
    sense: {
      title: "Sag, wie du dich fühlst",
      text: "Berühre die Karte, wo du gerade bist: das genügt. Auch ein Foto, ein Video oder die Kamera kann es sagen. Du wirst zuerst gefragt, und das Bild bleibt auf diesem Gerät.",
    },
    music: {
      title: "Wo die Musik ist",
      text: "Die Sammlung, oben auf der Seite, zeigt alles, was spielen kann. Deine eigene Musik kommt aus einem Ordner oder von einem Dienst, den du nutzt.",
    },
    kept: {
      title: "Was aufbewahrt wird",
      text: "Was du spielst, magst und überspringst, bleibt auf der Maschine, auf der Affetto läuft, damit es deinen Geschmack lernt. Kein Bild wird aufbewahrt. Unter Einstellungen siehst du alles und lässt es vergessen.",
    },
  },
  step: (now, all) => `${now} von ${all}`,
  on: "Weitersehen",
  back: "Ein Schritt zurück",
  done: "Fertig",
  justPlay: "Einfach spielen",
};

export const offline: Catalogue["offline"] = {
  title: "Stücke auf diesem Gerät",
  hint: "Stücke, die du hier wählst, spielen nur in diesem Browser, auch wenn der Server nicht da ist. Sie bleiben in diesem Browser, bis du sie entfernst.",
  empty: "Hier sind noch keine Stücke.",
  waiting: "Ich sehe nach",
  choose: "Stücke wählen",
  play: (name) => `${name} abspielen`,
  pause: (name) => `${name} anhalten`,
  remove: (name) => `${name} entfernen`,
  unplayable: (name) => `${name} ließ sich hier nicht abspielen.`,
  full: "Dieser Browser hat keinen Platz mehr oder bewahrt nichts auf. Entferne ein paar Stücke und versuch es noch einmal.",
};

export const why: Catalogue["why"] = {
  title: "Warum dieses Stück",
  picked: "Dieses hast du selbst gewählt. Da gibt es nichts zu erklären.",
  terms: "Was am meisten gezählt hat",
  termsHint: "Verglichen mit einem gewöhnlichen Stück deiner Musik.",
  for: "dafür",
  against: "dagegen",
  instead: "Und sonst?",
  learned: "Was ich über dich gelernt habe",
  each: {
    taste: "Ob es deine Art Musik ist",
    told: "Was du mir gesagt hast",
    artist: "Wie du den Interpreten magst",
    track: "Wie dir dieses Stück früher gefiel",
    others: "Was anderen gefällt",
    nearer: "Wohin es deine Stimmung führen kann",
    closeness: "Wo es auf der Karte liegt",
    transition: "Wie es auf das vorige folgt",
    variety: "Nicht immer wieder dasselbe",
    novelty: "Wie neu es für dich ist",
    chance: "Ein Versuch, um zu lernen, was du magst",
    turn: "So gut wie andere, und an der Reihe",
  },
};
