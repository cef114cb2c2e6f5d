/** What the player, the queue and the map's list say beyond texts.ts, in German. */
import type { Catalogue } from "../catalogue";
import { say } from "./say";

export const player: Catalogue["player"] = {
  back: "Zurück",
  open: "Ton und Schlummer",
  title: "Ton",
  volume: "Lautstärke",
  blend: "Stücke ineinander übergehen lassen",
  blendHint:
    "Stücke einer Stimmung treffen sich kurz; ein Wechsel der Stimmung nimmt sich Zeit. Nur eigene Dateien.",
  even: "Jedes Stück gleich laut spielen",
  evenHint: "Laute Aufnahmen werden leiser. Nichts wird lauter, darum verzerrt nichts.",
  sleep: "Von selbst verstummen",
  sleepHint: "Es wird sanft leise, und alle Sensoren gehen mit aus.",
  minutes: (n) => say.several(n, { one: "# Minute", other: "# Minuten" }),
  soundsIn: (place) => `klingt in ${place}`,
  backLong: "Zurück an den Anfang oder zum vorigen Stück",
  atEnd: "Nach diesem Stück",
  off: "Weiterspielen",
  left: (n) => say.several(n, { one: "Still in # Minute", other: "Still in # Minuten" }),
  leftAtEnd: "Still nach diesem Stück",
  glide: "Bis dahin langsamer und sanfter werden",
  gliding: "Die Musik führt in den Schlaf.",
};

export const queue: Catalogue["queue"] = {
  grip: (title) => `„${title}“ verschieben`,
  gripHelp: "Zieh daran, oder drück die Pfeiltasten nach oben und unten.",
};

export const map: Catalogue["map"] = {
  list: "Auf der Karte",
  you: (place, sure) => `Du: ${place}; ${sure}`,
  toward: (place) => `Ziel: ${place}`,
  now: (title, place) => `Jetzt „${title}“: ${place}`,
  next: (n, title, place) => `Danach ${n}, „${title}“: ${place}`,
  nowhere: "seine Stimmung ist nicht bekannt",
  sure: { well: "ganz sicher", fairly: "ziemlich sicher", hardly: "nicht sehr sicher" },
};

export const playlistDoor: Catalogue["playlistDoor"] = { open: "Als Playlist sichern" };
