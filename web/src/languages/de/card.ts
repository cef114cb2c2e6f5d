/** The model's card in German. */
import type { Catalogue } from "../catalogue";
import { say } from "./say";
import { expression } from "./texts";

const percent = (share: number) => say.percent(share, 1);
const timesInTen = (share: number) =>
  `in etwa ${share < 1 ? Math.min(9, Math.round(10 * share)) : 10} von 10 Fällen`;
const photos = (n: number) => say.several(n, { one: "# Foto", other: "# Fotos" });

export const card: Catalogue["card"] = {
  feeling:
    "Es liest einen Ausdruck. Ein Ausdruck ist kein Gefühl: was du fühlst, weißt nur du, und dein eigenes Wort zählt immer mehr.",
  noFigures: "Seine Karte nennt keine Zahlen, darum wird nichts behauptet.",
  right: "Wie oft es recht hat",
  rightAbout: (share) =>
    `Richtig ${timesInTen(share)}, auf Fotos, über die sich auch Menschen uneins sind.`,
  rightExactly: (on, n, accuracy, ci95) =>
    `${percent(accuracy)} von ${photos(n)}, von denen es nicht gelernt hatte (${on}).${
      ci95
        ? ` Mit mehr solchen Fotos läge es höchstwahrscheinlich zwischen ${percent(ci95[0] ?? 0)} und ${percent(ci95[1] ?? 1)} (95-%-Intervall).`
        : ""
    }`,
  also: (on, n, accuracy) => `${on}: ${percent(accuracy)} von ${say.number(n)}.`,
  raters: "Wie oft Menschen ihm zustimmen",
  ratersAbout: (share) => `Es sagt ${timesInTen(share)}, was die meisten Menschen sagen.`,
  ratersExactly: (share, n) =>
    `${percent(share)}${n === null ? "" : ` von ${photos(n)}`}, bei denen mehrere Urteilende sich klar für eines entschieden (FER+).`,
  sure: "Ob man seiner Sicherheit trauen kann",
  sureAbout: (ece) => {
    if (ece <= 0.03) return "Wie sicher es sich gibt, passt dazu, wie oft es recht hat.";
    if (ece <= 0.08) return "Wie sicher es sich gibt, passt ungefähr dazu, wie oft es recht hat.";
    return "Wie sicher es sich gibt, passt oft nicht dazu, wie oft es recht hat.";
  },
  sureOfRaters: (ece) =>
    `Der Anteil der Menschen, deren Zustimmung es erwartet, und der Anteil, der zustimmte, liegen ${say.number(100 * ece, 1)} von 100 auseinander, über alle Fotos (Kalibrierungsfehler, ECE ${say.number(ece, 3)}).`,
  sureExactly: (ece) =>
    `Was es sagt und wie oft es recht hat, liegt ${say.number(100 * ece, 1)} von 100 auseinander, über alle Fotos (Kalibrierungsfehler, ECE ${say.number(ece, 3)}).`,
  found: "Ausdruck für Ausdruck",
  foundOf: "Von 100 Gesichtern, die Menschen so nannten, findet es:",
  expression: expression,
  alike: (f1) => `Jeder davon gleich gezählt: Makro-F1 ${say.number(f1, 3)}.`,
  cannot: "Was es nicht kann",
  limits: [
    "Es kann nicht sagen, was du fühlst oder warum.",
    "Ein Gesicht, das abgewandt, deutlich verdeckt, zu dunkel, zu unscharf oder zu klein im Bild ist, liest es nicht. Dann sagt es das, und nichts ändert sich.",
    "Was ein Gesicht verdeckt und selbst ein Muster hat, etwa Haare oder Stoff, hält es vielleicht für das Gesicht.",
    "Es kennt diese wenigen Ausdrücke und nichts Feineres.",
    "Es kann nicht sagen, wer jemand ist.",
  ],
  groups: "Alter, Geschlecht und Hautton",
  groupsMissing:
    "Nicht bekannt: seine Karte hat keine Zahlen für Gruppen von Menschen. Manche liest es vielleicht besser als andere. Wenn es sich bei dir irrt, sag es.",
  learnt: "Woraus es gelernt hat",
  made: "Größe und Tempo",
  size: (bytes) => `${say.number(bytes / 1e6, 1)} Megabyte.`,
  speed: (ms) => `Ein Gesicht dauert ${say.number(ms, 1)} ms auf einem Prozessorkern.`,
  took: (ms) => `Das letzte Bild dauerte hier ${Math.max(1, Math.round(ms))} ms.`,
  version: (name, version, licence) =>
    `Das Modell heißt ${name}, Fassung ${version}. Lizenz: ${licence}.`,
};
