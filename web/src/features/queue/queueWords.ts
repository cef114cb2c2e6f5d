/** What the queue says of moving its tracks; the rest stands in texts.ts. */
import { spoken } from "@/languages/spoken";

export const words = spoken("queue", {
  grip: (title: string) => `Move “${title}”`,
  gripHelp: "Drag it, or press the arrow keys up and down.",
});
