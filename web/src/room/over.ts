/** The one sheet that lies over the room, by its name. */
import type { Question } from "@/features/sensing/senses";

export type Over =
  | "connections"
  | "library"
  | "settings"
  | "keys"
  | "guide"
  | "own"
  | "learned"
  | "why"
  | "sensing"
  | Question
  | null;
