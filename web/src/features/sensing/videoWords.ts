/** A second of a video in words: on the strip, in the list, and for whoever hears it. */
import type { Second } from "@/reading/timeline";
import { placeWords, sureness, texts } from "@/texts";

const words = texts.video;

/** What a second is called in the list and on the strip. */
export function secondWords({ reading, why }: Second): string {
  if (!reading) return words.whys[why ?? "nobody"] ?? words.notRead;
  return sureness(reading.confidence) ? words.looks(reading.expression) : words.unsure;
}

/** All there is to say of one moment. */
export function momentWords(second: Second | undefined): string {
  if (!second) return words.notRead;
  const { reading } = second;
  if (!reading) return secondWords(second);
  const sure = sureness(reading.confidence);
  if (!sure) return words.unsure;
  const place = placeWords(reading.valence, reading.arousal);
  return `${words.looks(reading.expression)}, ${sure}: ${place}`;
}
