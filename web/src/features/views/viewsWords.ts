/** What the door to the other views says. */
import { spoken } from "@/languages/spoken";

export const words = spoken("views", {
  open: "More",
  title: "More",
  history: "History",
  historyHint: "What you heard, and how it went.",
  five: "Five songs",
  fiveHint: "Five by chance; pick one, hear what is like it.",
  table: "Most popular",
  tableHint: "All songs of a mood, the best known first.",
  lists: "Song lists",
  listsHint: "Well-known songs for seven feelings, yours to edit.",
  end: "End this session",
  endHint: "The music stops. You may say how you are now.",
});
