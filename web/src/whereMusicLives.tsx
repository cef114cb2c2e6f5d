/**
 * The sheet of where music lives, with what services bring of their own.
 *
 * A part with a provider's name stands in place of that provider's card, one without below
 * all cards. Features do not know each other; here they meet, and come with the sheet.
 */
import {
  ConnectionsSheet,
  type ConnectionsSheetProps,
  type Part,
} from "./features/connections/ConnectionsSheet";
import { ListenBrainzPart } from "./features/playlists/ListenBrainzPart";
import { YouTubePart } from "./features/playlists/YouTubePart";
import { SpotifyPart } from "./features/spotify/SpotifyPart";

const PARTS: readonly Part[] = [
  { Part: SpotifyPart },
  { Part: ListenBrainzPart },
  { Part: YouTubePart },
];

export function WhereMusicLives(props: Omit<ConnectionsSheetProps, "parts">) {
  return <ConnectionsSheet {...props} parts={PARTS} />;
}
