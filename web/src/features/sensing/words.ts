/** What went wrong, when what was thrown has words for the listener. */
import type { Problem } from "@/api/types";

export function wordsOf(error: unknown): Problem | null {
  const { problem, remedy } = (error ?? {}) as Partial<Problem>;
  return problem && remedy ? { problem, remedy } : null;
}
