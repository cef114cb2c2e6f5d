/**
 * What the server said when it last answered, for a page that is opened while it is away.
 *
 * Kept in this browser, and only while there is an agreement to read a face on this device:
 * then reading goes on without the server. What was agreed to, and which models there are,
 * is all of it; nothing of the music, the mood or the session.
 */
import type { Consent, House } from "./types";

const KEPT_AS = "affetto-known";
const ON_DEVICE = ["camera", "photo"];

export interface Known {
  house: House;
  consents: Consent[];
}

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Keep it, or keep nothing any more when nothing is agreed to. */
export function keepKnown({ house, consents }: Known, storage: () => Kept = () => localStorage) {
  const agreed = consents.some(({ sensor, given }) => given && ON_DEVICE.includes(sensor));
  try {
    if (agreed) storage().setItem(KEPT_AS, JSON.stringify({ house, consents }));
    else storage().removeItem(KEPT_AS);
  } catch {
    // storage is closed to us; without the server nothing is read
  }
}

/** What was kept; null when nothing was. */
export function known(storage: () => Kept = () => localStorage): Known | null {
  try {
    return JSON.parse(storage().getItem(KEPT_AS) ?? "null") as Known | null;
  } catch {
    return null;
  }
}
