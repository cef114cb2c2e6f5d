/** What the model's card says, in the words of the page; the figures are the card's own. */
import { spoken } from "@/languages/spoken";
import { english } from "@/languages/tongue";
import { expressionWord } from "@/texts";

const { number: count, percent: share } = english;
const percent = (part: number) => share(part, 1);

/** A share as one says it: "about 7 times in 10"; only what never fails is 10 in 10. */
function timesInTen(share: number): string {
  return `about ${share < 1 ? Math.min(9, Math.round(10 * share)) : 10} times in 10`;
}

export const card = spoken("card", {
  feeling:
    "It reads an expression. An expression is not a feeling: what you feel only you know, and your own word always counts for more.",
  noFigures: "Its card gives no figures, so nothing is claimed.",
  right: "How often it is right",
  rightAbout: (share: number) =>
    `Right ${timesInTen(share)}, on photos that people themselves disagree on.`,
  rightExactly: (on: string, n: number, accuracy: number, ci95: readonly number[] | null) =>
    `${percent(accuracy)} of ${count(n)} photos that it had not learnt from (${on}).${
      ci95
        ? ` With more photos like these it would most likely lie between ${percent(ci95[0] ?? 0)} and ${percent(ci95[1] ?? 1)} (95 % interval).`
        : ""
    }`,
  also: (on: string, n: number, accuracy: number) => `${on}: ${percent(accuracy)} of ${count(n)}.`,
  raters: "How often people agree with it",
  ratersAbout: (share: number) => `It says what most people say ${timesInTen(share)}.`,
  ratersExactly: (share: number, n: number | null) =>
    `${percent(share)}${n === null ? "" : ` of ${count(n)} photos`} where several raters had a clear first choice (FER+).`,
  sure: "Whether its sureness can be trusted",
  sureAbout: (ece: number) => {
    if (ece <= 0.03) return "How sure it says it is fits how often it is right.";
    if (ece <= 0.08) return "How sure it says it is roughly fits how often it is right.";
    return "How sure it says it is often does not fit how often it is right.";
  },
  sureOfRaters: (ece: number) =>
    `The share of people it expects to agree and the share that did lie ${(100 * ece).toFixed(1)} in 100 apart, taken over all photos (calibration error, ECE ${ece.toFixed(3)}).`,
  sureExactly: (ece: number) =>
    `What it says and how often it is right lie ${(100 * ece).toFixed(1)} in 100 apart, taken over all photos (calibration error, ECE ${ece.toFixed(3)}).`,
  found: "Expression by expression",
  foundOf: "Of 100 faces that people called by this word, it finds:",
  expression: expressionWord,
  alike: (f1: number) => `With each of them counted alike: macro-F1 ${f1.toFixed(3)}.`,
  cannot: "What it cannot do",
  limits: [
    "It cannot say what you feel, or why.",
    "It does not read a face that is turned away, plainly covered, too dark, too blurred or too small in the picture. Then it says so, and nothing changes.",
    "What hides a face and is patterned itself, such as hair or cloth, it may take for the face.",
    "It knows these few expressions and nothing finer.",
    "It cannot tell who somebody is.",
  ],
  groups: "Age, gender and skin tone",
  groupsMissing:
    "Not available: its card has no figures for groups of people. It may well read some better than others. If it is wrong about you, say so.",
  learnt: "What it learnt from",
  made: "Size and speed",
  size: (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB.`,
  speed: (ms: number) => `One face takes ${ms.toFixed(1)} ms on one processor core.`,
  took: (ms: number) => `The last picture took ${Math.max(1, Math.round(ms))} ms here.`,
  version: (name: string, version: string, licence: string) =>
    `The model is called ${name}, version ${version}. Licence: ${licence}.`,
});
