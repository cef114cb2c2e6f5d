/**
 * Why a track plays, in the language of the moment.
 *
 * The server says it in English, in one sentence. In any other language it is told from what
 * the sentence rests on and the wire carries, too: how the track sounds, and the two
 * strongest terms that speak for it.
 */
import type { Choice } from "./api/types";
import { language } from "./languages/language";
import { placeWords, texts } from "./texts";

const MOST = 2; // as many as the server names

export function reasonFor({ because, terms, track }: Choice): string {
  if (language.value === "en") return because;
  const told = texts.because;
  if (!terms.length) return told.picked;
  const { valence, arousal } = track;
  const sound = valence === null || arousal === null ? null : placeWords(valence, arousal);
  const first =
    sound === null ? told.unheard : `${sound.charAt(0).toUpperCase()}${sound.slice(1)}.`;
  const counted = terms
    .filter(({ amount }) => amount > 0)
    .map(({ name }) => told.terms[name])
    .filter((words) => words !== undefined)
    .slice(0, MOST);
  return counted.length ? `${first} ${told.counted(counted)}` : first;
}
