/** What was learned, in German. */
import type { Catalogue } from "../catalogue";
import { say } from "./say";
import { place as placeWords } from "./texts";

const several = (n: number, one: string, other: string) =>
  say.several(n, { one: `# ${one}`, other: `# ${other}` });
const number = (n: number) => say.number(n, 2).replace("-", "\u2212");
const named = ({ about, name }: { about: string; name: string }) =>
  about === "decade" ? `Musik der ${name}er` : name;
const MOODS: Record<string, string> = {
  sad: "traurig",
  angry: "wütend",
  happy: "fröhlich",
  calm: "ruhig",
};

export const learned: Catalogue["learned"] = {
  title: "Was ich über dich gelernt habe",
  waiting: "Ich sehe nach",
  failed: "Was ich weiß, ließ sich nicht holen.",
  since: (day) => `Seit dem ${day}.`,
  nothing:
    "Sag, dass ein Stück dir gefällt oder passt, oder überspring eines: aus allem lerne ich. Oder sag mir unten, was du magst.",

  likes: "Was du zu mögen scheinst",
  artists: "Interpreten",
  interval:
    "Die Linie zeigt, wo es liegt, in 95 von 100 Fällen: links von der Mitte ist weniger, rechts ist mehr.",
  rests: (n, low, high) =>
    `aus ${several(n, "Antwort", "Antworten")}, zwischen ${number(low)} und ${number(high)}`,
  unclear: (n) => `Noch nicht klar: ${n}`,
  bare: (said) => said.replace(/^Noch nicht klar: /, ""),

  effect: "Was Musik mit deiner Stimmung macht",
  effectRests: (n) => `Aus ${several(n, "Stück", "Stücken")} mit einer Stimmung davor und danach.`,
  usual: "Wie du meistens bist",
  usualIs: (valence, arousal, n) =>
    `Meist ${placeWords(valence, arousal)}, aus ${several(n, "Lesung", "Lesungen")}.`,
  noUsual: "Noch nicht bekannt.",
  leading: "Wie du gern geführt wirst",
  chance: (share) => `${Math.round(100 * share)} von 100`,

  liked: "Stücke, die dir gefallen",
  noLiked: "Noch keine.",
  never: "Nie wieder",
  noNever: "Nichts wird ferngehalten.",
  takeBack: "Zurücknehmen",
  takeBackOf: (name) => `Zurücknehmen: ${name}`,

  told: "Was du mir sagst",
  toldHint: "Gesagt, nicht geraten: es zählt vom nächsten Stück an.",
  noTold: "Du hast mir noch nichts gesagt.",
  says: (one) => {
    const when = one.mood ? `Wenn du ${MOODS[one.mood] ?? one.mood} bist: ` : "";
    if (!when) return one.liked ? `Du magst ${named(one)}.` : `Du magst ${named(one)} nicht.`;
    return one.liked ? `${when}${named(one)} spielen.` : `${when}kein ${named(one)}.`;
  },
  remove: "Entfernen",
  removeOf: (said) => `Entfernen: ${said}`,
  when: "Wann",
  whens: {
    "": "Immer",
    sad: "Wenn ich traurig bin",
    angry: "Wenn ich wütend bin",
    happy: "Wenn ich fröhlich bin",
    calm: "Wenn ich ruhig bin",
  },
  wish: "Wunsch",
  wishes: { yes: "spielen", no: "nicht spielen" },
  about: "Was",
  abouts: { artist: "den Interpreten", genre: "das Genre", decade: "die Jahre" },
  name: "Name",
  names: { artist: "Name des Interpreten", genre: "Name des Genres", decade: "Jahrzehnt" },
  decade: (from) => `${from}er`,
  add: "Sag es mir",

  novelty: "Neu oder vertraut",
  novelties: (share) =>
    share < 0.2
      ? "nur, was du kennst"
      : share < 0.45
        ? "meist, was du kennst"
        : share < 0.6
          ? "von beidem etwas"
          : share < 0.85
            ? "meist neu für dich"
            : "so neu wie möglich",
  explicit: "Als anstößig gekennzeichnete Stücke dürfen spielen",

  keeping: "Deins zum Mitnehmen",
  history: "Einen Hörverlauf mitbringen",
  historyHint:
    "Eine Datei von ListenBrainz (JSON) oder Last.fm (CSV). Sie bleibt auf dieser Maschine und zählt ein wenig.",
  importing: "Lese die Datei",
  imported: ({ plays, matched, tracks, bad }) =>
    [
      `${several(plays, "Wiedergabe", "Wiedergaben")} gelesen, davon ${say.number(matched)} von ${several(tracks, "Stück", "Stücken")}, die du hier hast.`,
      bad ? `${several(bad, "Zeile ließ", "Zeilen ließen")} sich nicht lesen.` : "",
    ]
      .join(" ")
      .trim(),
  before: (plays) =>
    `${several(plays, "Wiedergabe kam", "Wiedergaben kamen")} aus einem anderen Verlauf.`,
  export: "Alles als Datei sichern",
  forget: "Vergessen, was gelernt wurde",
  forgetAsk: "Alles vergessen?",
  forgetGoes:
    "Was ich gelernt habe, was dir gefällt, was nie wieder spielen soll und die Liste des Gespielten sind für immer weg.",
  forgetStays: "Was du mir gesagt hast, bleibt, und deine Musik auch.",
  forgetYes: "Vergessen",
  forgetNo: "Behalten",
  forgotten: "Vergessen. Ich kenne dich so wenig wie am ersten Tag.",
};
