/** What the settings say: a name and one plain line each. They come with the sheet. */
import { spoken } from "@/languages/spoken";

export const words = spoken("settings", {
  title: "Settings",

  look: "Look",
  theme: "Appearance",
  themeHint: "The colours follow your mood a little. High contrast leaves it out.",
  themes: {
    system: "As this machine",
    light: "Light",
    dark: "Dark",
    contrast: "High contrast",
  },
  text: "Size of the letters",
  textHint: "The letters grow, and what is around them stays.",
  texts: { normal: "Normal", large: "Large", largest: "Largest" },
  motion: "Less movement",
  motionHint: "Marks and colours change at once instead of moving.",

  language: "Language",
  languageHint: "It changes at once, and this browser remembers it.",
  languageFailed: "Its words could not be fetched. Try again when the server answers.",

  sound: "Sound",
  volume: "Volume",
  volumeHint: "How loud this page is. Your device's own volume counts as well.",

  sensing: "Sensing",
  sensingHint: "Where your face is read, what runs, and how to stop it. Nothing runs by itself.",
  sensors: "Sensors",

  music: "Music",
  musicHint: "All that can play here, and where to add more.",
  library: "Your music",
  livesHint: "Music servers, players and services, and where the music sounds.",
  lives: "Where your music lives",

  privacy: "Privacy",
  privacyHint:
    "What you play, like and skip is kept on the machine that runs Affetto, and nowhere else. You can look at it and have it forgotten.",
  learned: "What I have learned about you",

  app: "As an app",
  appHint: "Affetto can open like an app, and go on while the server is away.",
  install: "Install it",
  offline: "Open without the server",
  offlineHint:
    "The page's own files stay in this browser. No music, no mood and no picture is among them.",
  offlineFailed: "That did not work. Try again when the server answers.",
  ownMusic: "Songs on this device",

  help: "Help",
  helpHint: "The first steps, and what each key does.",
  guide: "First steps",
  keys: "Keyboard",
  about: (version: string) => `Affetto ${version}`,
});
