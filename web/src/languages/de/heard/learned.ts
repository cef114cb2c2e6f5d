/** What was learned, and what else might have played, in German. */

import { count } from "../../gaps";
import type { Heard } from "../../heard";
import { say } from "../say";

const tracks = (gap: string) => say.several(count(gap), { one: "einem Stück", other: "# Stücken" });
const answers = (gap: string) =>
  say.several(count(gap), { one: "einer Antwort", other: "# Antworten" });

export const learned = {
  "From 1 answer: {0}": "Aus einer Antwort: {0}",
  "From {0} answers: {1}": (n, what) => `Aus ${answers(n)}: ${what}`,
  "Nothing has been learned yet: answer the music, and it will.":
    "Noch ist nichts gelernt: Antworte der Musik, dann ändert sich das.",
  "From 1 answer nothing is clear yet; the next ones will tell.":
    "Aus einer Antwort ist noch nichts klar; die nächsten werden es zeigen.",
  "From {0} answers nothing is clear yet; the next ones will tell.": (n) =>
    `Aus ${answers(n)} ist noch nichts klar; die nächsten werden es zeigen.`,
  "Not clear yet: “{0}” or “{1}”.": "Noch nicht klar: „{0}“ oder „{1}“.",

  "bright music": "helle Musik",
  "dark music": "dunkle Musik",
  "lively music": "lebhafte Musik",
  "quiet music": "ruhige Musik",
  "forceful music": "kraftvolle Musik",
  "gentle music": "sanfte Musik",
  "fast music": "schnelle Musik",
  "slow music": "langsame Musik",
  "songs with a voice": "Stücke mit Gesang",
  "music without a voice": "Musik ohne Gesang",
  "loud recordings": "laute Aufnahmen",
  "soft recordings": "leise Aufnahmen",
  "well-known songs": "bekannte Stücke",
  "little-known songs": "wenig bekannte Stücke",
  "newer music": "neuere Musik",
  "older music": "ältere Musik",
  "music away from your mood": "Musik fern von deiner Stimmung",
  "music like your mood": "Musik nah an deiner Stimmung",
  "lively music in the morning": "lebhafte Musik am Morgen",
  "quiet music in the morning": "ruhige Musik am Morgen",
  "lively music late in the evening": "lebhafte Musik am späten Abend",
  "quiet music late in the evening": "ruhige Musik am späten Abend",
  "lively music while you move": "lebhafte Musik, wenn du unterwegs bist",
  "quiet music while you move": "ruhige Musik, wenn du unterwegs bist",
  "You like {0}": "Du magst {0}",
  "You do not like {0}": "Du magst {0} nicht",
  "You like {0} more than most": "Du magst {0} mehr als die meisten",
  "You like {0} less than most": "Du magst {0} weniger als die meisten",
  "Music you like lifts you": "Musik, die du magst, hebt deine Stimmung",
  "Music you like brings you down": "Musik, die du magst, drückt deine Stimmung",
  "Bright music lifts you": "Helle Musik hebt deine Stimmung",
  "Bright music brings you down": "Helle Musik drückt deine Stimmung",
  "Lively music wakes you": "Lebhafte Musik macht dich wach",
  "Lively music calms you": "Lebhafte Musik beruhigt dich",
  "Straight to where you want to be.": "Gleich dorthin, wohin du möchtest.",
  "Meeting your mood for a moment, then leading on.": "Erst kurz bei deiner Stimmung, dann weiter.",
  "Staying with your mood for a while before it leads.":
    "Eine Weile bei deiner Stimmung, bevor es weitergeht.",

  "So it seems after {0} tracks: music you like lifts your mood and lively music wakes you.": (n) =>
    `So scheint es nach ${tracks(n)}: Musik, die du magst, hebt deine Stimmung, und lebhafte Musik macht dich wach.`,
  "So it seems after {0} tracks: music you like lifts your mood and lively music calms you.": (n) =>
    `So scheint es nach ${tracks(n)}: Musik, die du magst, hebt deine Stimmung, und lebhafte Musik beruhigt dich.`,
  "So it seems after {0} tracks: music you like lowers your mood and lively music wakes you.": (
    n,
  ) =>
    `So scheint es nach ${tracks(n)}: Musik, die du magst, drückt deine Stimmung, und lebhafte Musik macht dich wach.`,
  "So it seems after {0} tracks: music you like lowers your mood and lively music calms you.": (
    n,
  ) =>
    `So scheint es nach ${tracks(n)}: Musik, die du magst, drückt deine Stimmung, und lebhafte Musik beruhigt dich.`,
  "So it seems after {0} tracks: music you like lifts your mood.": (n) =>
    `So scheint es nach ${tracks(n)}: Musik, die du magst, hebt deine Stimmung.`,
  "So it seems after {0} tracks: music you like lowers your mood.": (n) =>
    `So scheint es nach ${tracks(n)}: Musik, die du magst, drückt deine Stimmung.`,
  "So it seems after {0} tracks: lively music wakes you.": (n) =>
    `So scheint es nach ${tracks(n)}: Lebhafte Musik macht dich wach.`,
  "So it seems after {0} tracks: lively music calms you.": (n) =>
    `So scheint es nach ${tracks(n)}: Lebhafte Musik beruhigt dich.`,
  "No effect known yet: your mood was not read before and after any track so far.":
    "Noch ist keine Wirkung bekannt: Bisher wurde deine Stimmung bei keinem Stück davor und danach gelesen.",
  "No effect known yet: your mood was read before and after {0} track so far.": (n) =>
    `Noch ist keine Wirkung bekannt: Bisher wurde deine Stimmung bei ${tracks(n)} davor und danach gelesen.`,
  "No effect known yet: your mood was read before and after {0} tracks so far.": (n) =>
    `Noch ist keine Wirkung bekannt: Bisher wurde deine Stimmung bei ${tracks(n)} davor und danach gelesen.`,
  "No effect known yet: none stands out in the {0} tracks heard so far.": (n) =>
    `Noch ist keine Wirkung bekannt: Bei ${tracks(n)} bisher tritt keine hervor.`,

  "If you wanted {0}, I would have played “{1}” by {2}.":
    "Für {0} hätte ich „{1}“ von {2} gespielt.",
  "If you wanted {0}, I would have played “{1}”.": "Für {0} hätte ich „{1}“ gespielt.",
  "Even if you wanted {0}, I would have played this one.":
    "Auch für {0} hätte ich dieses gespielt.",
  "company for your mood": "Gesellschaft in deiner Stimmung",
  "a lift": "etwas Aufheiterung",
  calm: "Ruhe",
  "to focus": "Fokus",
  sleep: "Schlaf",
  "to go somewhere else": "einen anderen Ort",
} satisfies Partial<Heard["sentences"]>;
