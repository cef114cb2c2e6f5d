/**
 * What the expression net says of a crop, in the house's own words.
 *
 * As `src/affetto/senses/face_votes.py`: v = softmax(votes / T), s the sum of v over our
 * seven expressions, p = v / s. A model without votes answers with its labels, and s = 1.
 */
import { EXPRESSIONS } from "./emotion";
import type { ExpressionCard } from "./types";

/** The raters' words for our seven expressions. */
export const VOTED: Readonly<Record<string, string>> = {
  angry: "anger",
  disgust: "disgust",
  fear: "fear",
  happy: "happiness",
  sad: "sadness",
  surprise: "surprise",
  neutral: "neutral",
};
export const UNCLEAR = "unclear";

/** What the net says of one crop. */
export interface Opinion {
  /** Of each expression, given that it is one of them. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** s, [0, 1]. */
  readonly named: number;
  /** The share that would say "unclear" or "no face", [0, 1]. */
  readonly unclear: number;
}

/** The outputs of a net by name, each row after row. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** A card that does not say what its model answers: a guess would misname feelings. */
export class UnfitModel extends Error {
  override name = "UnfitModel";
}

/** One opinion a crop, of `count` crops. Throws UnfitModel. */
export function opinions(outputs: Outputs, card: ExpressionCard, count: number): Opinion[] {
  const votes = outputs.votes;
  if (card.votes.length === 0 || !votes) {
    const rows = rowsByName(outputs.logits ?? new Float32Array(0), card.labels, card, count);
    return rows.map((row) => ({
      probabilities: softmax(row, card.temperature),
      named: 1,
      unclear: 0,
    }));
  }
  for (const word of Object.values(VOTED))
    if (!card.votes.includes(word))
      throw new UnfitModel(`The card of ${card.name} has no vote for ${word}.`);
  const rows = rowsByName(votes, card.votes, card, count);
  return rows.map((row) => opinionOf(softmax(row, card.votes_temperature)));
}

function opinionOf(votes: Readonly<Record<string, number>>): Opinion {
  const share = (word: string | undefined) => votes[word ?? ""] ?? 0;
  const words = Object.values(VOTED);
  const named = words.reduce((sum, word) => sum + share(word), 0);
  const probabilities: Record<string, number> = {};
  // A face that all would call unclear leaves nothing to share out.
  for (const name of Object.keys(EXPRESSIONS))
    probabilities[name] = named > 0 ? share(VOTED[name]) / named : 1 / words.length;
  return { probabilities, named, unclear: share(UNCLEAR) };
}

/** Logits as shares that sum to 1, at the model's temperature. */
export function softmax(
  logits: Readonly<Record<string, number>>,
  temperature: number,
): Record<string, number> {
  const most = Math.max(...Object.values(logits));
  const shares: Record<string, number> = {};
  let sum = 0;
  for (const [name, value] of Object.entries(logits)) {
    const power = Math.exp((value - most) / temperature);
    shares[name] = power;
    sum += power;
  }
  for (const name of Object.keys(shares)) shares[name] = (shares[name] as number) / sum;
  return shares;
}

function rowsByName(
  values: Float32Array,
  names: readonly string[],
  card: ExpressionCard,
  count: number,
): Record<string, number>[] {
  const told = values.length / count;
  if (told !== names.length)
    throw new UnfitModel(
      `The model ${card.name} tells ${told} answers apart, but its card names ${names.length}.`,
    );
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(names.map((name, k) => [name, values[row * told + k] as number])),
  );
}
