/** What the songs on this device say. They come with their sheet. */
import { spoken } from "@/languages/spoken";

export const words = spoken("offline", {
  title: "Songs on this device",
  hint: "Songs you choose here play in this browser alone, also while the server is away. They stay in this browser until you remove them.",
  empty: "No songs are kept here yet.",
  waiting: "Looking",
  choose: "Choose songs",
  play: (name: string) => `Play ${name}`,
  pause: (name: string) => `Pause ${name}`,
  remove: (name: string) => `Remove ${name}`,
  unplayable: (name: string) => `${name} would not play here.`,
  full: "This browser has no more room, or keeps nothing. Remove some songs and try again.",
});
