import { expect, test } from "vitest";
import { opinions, UnfitModel } from "./face_votes";

const card = {
  name: "expression",
  labels: ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"],
  temperature: 2,
  votes: [
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
    "unclear",
  ],
  votes_temperature: 1,
};
const sum = (shares: Readonly<Record<string, number>>) =>
  Object.values(shares).reduce((a, b) => a + b, 0);

test("votes for our seven are shared out among them, the rest is what is not named", () => {
  const votes = Float32Array.from([0.1, 0.4, 0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.1], Math.log);
  const [said] = opinions({ votes }, card, 1);
  expect(said?.named).toBeCloseTo(0.8, 6);
  expect(said?.unclear).toBeCloseTo(0.1, 6);
  expect(said?.probabilities.happy).toBeCloseTo(0.5, 6);
  expect(Object.keys(said?.probabilities ?? {})).toEqual(card.labels);
  expect(sum(said?.probabilities ?? {})).toBeCloseTo(1, 9);
});

test("each row is one face's own", () => {
  const votes = new Float32Array(18);
  votes[1] = 5;
  votes[9 + 3] = 5;
  const [first, second] = opinions({ votes }, card, 2);
  expect(first?.probabilities.happy).toBeGreaterThan(0.9);
  expect(second?.probabilities.sad).toBeGreaterThan(0.9);
});

test("a face that all would call unclear leaves nothing to share out", () => {
  const votes = new Float32Array(9).fill(-2000);
  votes[8] = 0;
  const [said] = opinions({ votes }, card, 1);
  expect(said?.named).toBe(0);
  for (const share of Object.values(said?.probabilities ?? {})) expect(share).toBeCloseTo(1 / 7, 9);
});

test("a model without votes answers with its labels, at its temperature", () => {
  const logits = Float32Array.of(0, 0, 0, 4, 0, 0, 0);
  const [said] = opinions({ logits }, { ...card, votes: [] }, 1);
  expect(said?.named).toBe(1);
  expect(said?.unclear).toBe(0);
  expect(said?.probabilities.happy).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 6), 6);
});

test("answers however large stay shares", () => {
  const votes = Float32Array.of(3e38, 0, 0, 0, 0, 0, 0, 0, -3e38);
  const [said] = opinions({ votes }, card, 1);
  expect(said?.probabilities.neutral).toBe(1);
});

test("a card that does not fit is refused, not guessed at", () => {
  const votes = new Float32Array(9);
  const without = { ...card, votes: card.votes.map((word) => (word === "fear" ? "dread" : word)) };
  expect(() => opinions({ votes }, without, 1)).toThrow(UnfitModel);
  expect(() => opinions({ votes: new Float32Array(8) }, card, 1)).toThrow(UnfitModel);
  expect(() => opinions({}, { ...card, votes: [] }, 1)).toThrow(UnfitModel);
});
