/** What the door to the playlists says; the rest comes with its sheet. */
import { spoken } from "@/languages/spoken";

export const words = spoken("playlistDoor", { open: "Save as a playlist" });
