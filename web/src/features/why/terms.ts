/** The terms of a choice that are worth a line, and how long their bars are. */
import type { Term } from "@/api/types";

export interface Line {
  name: string;
  speaks: "for" | "against";
  /** Of the strongest, in (0, 1]. */
  share: number;
}

const MOST = 5;
const NAMED = 3; // at least as many as the reason may name have a line
const LEAST = 0.05; // of the strongest; less is not worth one

/** The strongest first, as they come. */
export function linesOf(terms: readonly Term[]): Line[] {
  const strongest = Math.max(...terms.map(({ amount }) => Math.abs(amount)), 0);
  if (!strongest) return [];
  return terms
    .map(({ name, amount }) => ({
      name,
      speaks: amount < 0 ? ("against" as const) : ("for" as const),
      share: Math.abs(amount) / strongest,
    }))
    .filter(({ share }, i) => share >= (i < NAMED ? LEAST / 10 : LEAST))
    .slice(0, MOST);
}
