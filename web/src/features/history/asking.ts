/** Whether to ask how the listener is: only with their yes, once a session, and never again
 * once they said so. */
import type { Session } from "@/api/types";
import { ownWord } from "@/listening";

const NEVER = "affetto.check-in";
const ASKED = "affetto.checked-in";

export interface Shelves {
  /** Of this browser, and of this tab. Reading them may throw where they are barred. */
  local(): Storage;
  tab(): Storage;
}

export const SHELVES: Shelves = { local: () => localStorage, tab: () => sessionStorage };

function kept(shelf: () => Storage, name: string): string | null {
  try {
    return shelf().getItem(name);
  } catch {
    return null;
  }
}

function keep(shelf: () => Storage, name: string, value: string) {
  try {
    shelf().setItem(name, value);
  } catch {
    // then it is asked once more after a reload
  }
}

export function createAsking({ local, tab }: Shelves = SHELVES) {
  return {
    /** Ask before the music of this session: it has begun, and not with their own word. */
    isDue: (session: Session | null, agreed: boolean): boolean =>
      agreed &&
      session?.playing != null &&
      ownWord(session) === null &&
      kept(local, NEVER) === null &&
      kept(tab, ASKED) !== session.id,
    done: (session: string) => keep(tab, ASKED, session),
    never: () => keep(local, NEVER, "never"),
  };
}
