/** Which key means what; what a focused control does with a key itself is left to it. */
import type { Goal } from "@/api/types";

export type KeyAction =
  | { do: "toggle" | "next" | "back" | "like" | "notNow" | "correct" | "map" | "keys" | "undo" }
  | { do: "aim"; goal: Goal };

const GOAL_KEYS: Record<string, Goal> = {
  "1": "match",
  "2": "lift",
  "3": "calm",
  "4": "focus",
  "5": "sleep",
};
const LETTERS: Record<string, KeyAction> = {
  ArrowRight: { do: "next" },
  ArrowLeft: { do: "back" },
  l: { do: "like" },
  n: { do: "notNow" },
  f: { do: "correct" },
  m: { do: "map" },
  u: { do: "undo" },
  "?": { do: "keys" },
};

export type Pressed = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "target"
>;

/** The action for a key press, or null when it belongs to somebody else. */
export function keyAction(event: Pressed): KeyAction | null {
  if (event.altKey || event.repeat) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("dialog, [role=application]")) return null;
  const typing = target?.closest("input:not([type=range]), textarea, select");
  if (typing) return null;
  if (event.ctrlKey || event.metaKey) return event.key === "z" ? { do: "undo" } : null;
  if (event.key === " ") return target?.closest("button, a, summary") ? null : { do: "toggle" };
  if (event.key.startsWith("Arrow") && target?.closest("input, [role=slider]")) return null;
  const goal = GOAL_KEYS[event.key];
  if (goal) return { do: "aim", goal };
  return LETTERS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}

export const TWICE_MS = 1000;

/** Tells when Escape was pressed a second time within a second. */
export function twice(now: () => number = () => performance.now()) {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    const second = at - last <= TWICE_MS;
    last = second ? Number.NEGATIVE_INFINITY : at;
    return second;
  };
}
