/** What went wrong inside an answer that is otherwise fine, and the way out. */
import type { components } from "@/api/schema";
import { Told } from "@/ui/Told";
import { words } from "./spotifyWords";

export interface SaidProps {
  trouble: components["schemas"]["Trouble"];
  /** Opens the same at Spotify. */
  link?: string;
}

export function Said({ trouble, link }: SaidProps) {
  return (
    <div class="notice trouble" role="alert">
      <p class="notice-words">
        <Told trouble={trouble} />
      </p>
      {link && (
        <a class="button" href={link} target="_blank" rel="noreferrer">
          {words.instead}
        </a>
      )}
    </div>
  );
}
