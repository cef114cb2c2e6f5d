/** What is being typed into a list, kept in this browser until it is in the list. */
import type { SongName } from "@/api/views";

export interface Draft {
  /** The song that is changed; null: one is added. */
  of: SongName | null;
  title: string;
  artist: string;
  year: string;
  because: string;
  explicit: boolean;
}

export const EMPTY: Draft = {
  of: null,
  title: "",
  artist: "",
  year: "",
  because: "",
  explicit: false,
};

const name = (emotion: string) => `affetto.list.${emotion}`;

/** The draft of one list; null when there is none, or none that can be read. */
export function readDraft(emotion: string, shelf = () => localStorage): Draft | null {
  try {
    const found: unknown = JSON.parse(shelf().getItem(name(emotion)) ?? "null");
    return found && typeof found === "object" ? { ...EMPTY, ...found } : null;
  } catch {
    return null;
  }
}

/** Keep a draft, or forget it with null. */
export function keepDraft(emotion: string, draft: Draft | null, shelf = () => localStorage) {
  try {
    if (draft) shelf().setItem(name(emotion), JSON.stringify(draft));
    else shelf().removeItem(name(emotion));
  } catch {
    // then it lives as long as the sheet
  }
}
