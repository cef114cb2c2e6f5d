/** The library in German. */
import type { Catalogue } from "../catalogue";
import { say } from "./say";
import { corners, place as placeWords } from "./texts";

const FROM: Record<string, string> = {
  sound: "seinem Klang",
  score: "seinen Noten",
  tags: "seinen Angaben",
  lyrics: "seinem Text",
  table: "einer eingelesenen Tabelle",
  list: "einer Liste von Stücken",
  curated: "einer Liste von Stücken",
};

const CORNERS: Record<string, string> = corners;

const several = (n: number, one: string, other: string) =>
  say.several(n, { one: `# ${one}`, other: `# ${other}` });

function about(seconds: number): string {
  if (seconds < 50) return "weniger als eine Minute";
  if (seconds < 90) return "etwa eine Minute";
  if (seconds < 3000) return `etwa ${Math.round(seconds / 60)} Minuten`;
  const hours = Math.round(seconds / 1800) / 2;
  return hours === 1 ? "etwa eine Stunde" : `etwa ${say.number(hours)} Stunden`;
}

export const library: Catalogue["library"] = {
  map: {
    label: "Karte deiner Musik",
    role: "Stimmungskarte",
    help: "Die Pfeiltasten bewegen dich über die Karte, die Eingabetaste zählt auf, was in der Nähe liegt, Plus und Minus holen sie näher. Die Liste sagt dasselbe.",
    said: (total, parts) =>
      `${several(total, "Stück", "Stücke")}: ${Object.entries(parts)
        .map(([word, n]) => `${say.number(n)} ${CORNERS[word] ?? word}`)
        .join(", ")}.`,
    near: (place, n) =>
      `${place}, ${n ? several(n, "Stück", "Stücke") : "keine Stücke"} in der Nähe`,
    closer: "Näher",
    farther: "Weiter weg",
    whole: "Alles",
    key: "Jeder Punkt ist ein Stück. Der gestrichelte Ring zeigt, wie unsicher sein Ort ist.",
    waiting: "Zeichne die Karte",
    unplaced: (n) => `${several(n, "Stück hat", "Stücke haben")} noch keinen Ort.`,
    failed: "Die Karte ist nicht gekommen.",
  },

  list: "Deine ganze Musik",
  nearHere: (valence, arousal) => `Hier in der Nähe: ${placeWords(valence, arousal)}`,
  nothingNear: "In der Nähe liegt nichts.",
  back: "Zurück zur Liste",

  track: {
    play: "Dieses spielen",
    pause: "Pause",
    resume: "Weiter",
    place: (words) => words.charAt(0).toUpperCase() + words.slice(1),
    noPlace: "Noch hat es niemand angehört, darum hat es keine Stimmung.",
    sure: (sd) =>
      sd < 0.2 ? "ganz sicher" : sd < 0.4 ? "ziemlich sicher" : "nur ungefähr bekannt",
    from: (sources) => `Erkannt an ${say.list(sources.map((one) => FROM[one] ?? one))}.`,
    tempo: "Tempo",
    bpm: (n) => `${Math.round(n)} Schläge in der Minute`,
    key: "Tonart",
    energy: "Kraft",
    energies: (share) => (share < 0.34 ? "wenig" : share < 0.67 ? "mittel" : "viel"),
    voice: "Stimme",
    voices: (chance) =>
      chance > 0.65 ? "jemand singt" : chance < 0.35 ? "kein Gesang" : "schwer zu sagen",
    genre: "Genre",
    length: "Länge",
    popularity: "Beliebtheit",
    outOf: (n) => `${n} von 100`,
    alike: "Klingt ähnlich",
  },

  curve: {
    title: "Wie es sich bewegt",
    label: "Wie sich seine Stimmung über die Zeit bewegt",
    waiting: "Höre es durch",
    failed: "Es ließ sich nicht durchhören.",
    said: (clock, place) => `${clock}, ${place}`,
  },

  scan: {
    title: "Deine Musik hinzufügen",
    more: "Mehr zum Einlesen",
    bar: "Wie weit das Einlesen ist",
    folder: "Dein Musikordner",
    start: "Einlesen",
    again: "Noch einmal einlesen",
    stop: "Anhalten",
    looking: "Sehe den Ordner durch",
    progress: (done, all) => `${say.number(done)} von ${several(all, "Datei", "Dateien")}`,
    left: (seconds) => `noch ${about(seconds)}`,
    usable: "Was gehört ist, spielt sofort.",
    nothingNew: "Im Ordner ist nichts Neues.",
    done: (n) =>
      `${n ? several(n, "Datei wurde", "Dateien wurden") : "Keine Datei wurde"} angehört.`,
    stopped: (n) =>
      n
        ? `Angehalten. ${several(n, "gehörte Datei bleibt", "gehörte Dateien bleiben")}; das nächste Mal geht es dort weiter.`
        : "Angehalten. Noch ist keine Datei gehört.",
    passedOver: (kinds) =>
      `Übergangen, weil sie noch nicht gelesen werden können: ${Object.entries(kinds)
        .map(([ending, n]) => `${n} ${ending}`)
        .join(", ")}.`,
    elsewhere: "Ein anderer Ordner? Gib dies in einem Terminal ein.",
  },

  failed: {
    open: (n) => `${several(n, "Datei ließ", "Dateien ließen")} sich nicht lesen: warum?`,
    title: "Was sich nicht lesen ließ",
    none: "Jede Datei ließ sich lesen.",
    more: (n) => `Und ${several(n, "weitere", "weitere")}.`,
  },
};
