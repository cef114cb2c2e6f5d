/** The map's twin for screen readers: you, where it leads, what plays and the next, in words. */
import type { Point, Session, Track } from "@/api/types";
import { placeWords } from "@/texts";
import { words } from "./mapWords";

/** One standard deviation on the map, which is 2 wide, up to which a mood counts as known. */
const WELL = 0.18;
const FAIRLY = 0.32;

export interface MapListProps {
  session: Session | null;
  you: Point | null;
  spread: number;
}

export function MapList({ session, you, spread }: MapListProps) {
  if (!you && !session?.playing) return null;
  const { target = null, playing = null, queue = [] } = session ?? {};
  return (
    <ul class="unseen" aria-label={words.list}>
      {you && <li>{words.you(placeOf(you), sureness(spread))}</li>}
      {target && <li>{words.toward(placeOf(target))}</li>}
      {playing && <li>{words.now(playing.track.title, feltAt(playing.track))}</li>}
      {queue.map(({ track }, i) => (
        <li key={track.id}>{words.next(i + 1, track.title, feltAt(track))}</li>
      ))}
    </ul>
  );
}

const placeOf = ({ valence, arousal }: Point) => placeWords(valence, arousal);

const feltAt = ({ valence, arousal }: Track) =>
  valence === null || arousal === null ? words.nowhere : placeWords(valence, arousal);

function sureness(spread: number): string {
  const { well, fairly, hardly } = words.sure;
  return spread <= WELL ? well : spread <= FAIRLY ? fairly : hardly;
}
