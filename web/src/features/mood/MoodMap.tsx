/** The picture of the room: a square of moods to touch, with four kinds of marks. */
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Point, Session } from "@/api/types";
import { placeWords, texts } from "@/texts";
import { Icon } from "@/ui/Icon";
import { MapList } from "./MapList";
import {
  besideWords,
  ellipse,
  type Labelled,
  placeLabels,
  reach,
  step,
  toMap,
  toSquare,
} from "./marks";
import "./mood.css";

const { map } = texts;
const SPEAK_AFTER_MS = 450; // arrows pressed in a row count as one move
const CHAR_PX = 7.4;
const LABEL_H = 18;
/** How sure a hand on the map is: one standard deviation, and as a covariance. */
const HAND_SD = 0.12;
const HAND = [HAND_SD ** 2, 0, HAND_SD ** 2] as const;
const CENTRE: Point = { valence: 0, arousal: 0 };

export interface MoodMapProps {
  session: Session | null;
  /** Where the hand was put last, until the server has taken it in. */
  hand: Point | null;
  onTouch(place: Point): void;
  focusRef: RefObject<HTMLDivElement>;
  /** The lines of a journey under way; without them one line leads to the target. */
  lines?: ComponentChildren;
  /** The places those lines run through, from the first to the last. */
  way?: readonly Point[];
  /** What those lines mean, in the key below the map. */
  lineKey?: ComponentChildren;
  /** What lies over the map and takes the hand for itself. */
  sheet?: ComponentChildren;
}

export function MoodMap({
  session,
  hand,
  onTouch,
  focusRef,
  lines,
  way = [],
  lineKey,
  sheet,
}: MoodMapProps) {
  const square = useRef<HTMLDivElement>(null);
  const [side, setSide] = useState(320);
  const [dragged, setDragged] = useState<Point | null>(null);
  const [dragging, setDragging] = useState(false);
  const pending = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    const measured = square.current;
    if (!measured) return;
    const watch = new ResizeObserver(() => setSide(measured.clientWidth || 320));
    watch.observe(measured);
    return () => {
      watch.disconnect();
      clearTimeout(pending.current);
    };
  }, []);
  // Once the hand's place is with the server, what the server says counts again.
  useEffect(() => {
    if (!dragging && hand === null) setDragged(null);
  }, [hand, dragging]);

  const mood = session?.mood ?? null;
  const own = dragged ?? hand;
  const you = own ?? mood;
  const covariance = own ? HAND : (mood?.covariance ?? HAND);
  const spread = own ? HAND_SD : (mood?.spread ?? HAND_SD);
  const words = you ? placeWords(you.valence, you.arousal) : map.unknown;

  function under(event: PointerEvent): Point {
    const box = (square.current as HTMLDivElement).getBoundingClientRect();
    return toMap((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = dragged ?? hand ?? mood ?? CENTRE;
    const place = event.key === "Enter" ? from : step(from, event.key);
    if (!place) return;
    event.preventDefault();
    event.stopPropagation();
    setDragged(place);
    clearTimeout(pending.current);
    pending.current = setTimeout(() => onTouch(place), event.key === "Enter" ? 0 : SPEAK_AFTER_MS);
  }

  return (
    <div class="map-frame">
      <div class="map" ref={square}>
        <Field under={marked(session, you, way)} />
        {lines}
        <Marks
          session={session}
          you={you}
          covariance={covariance}
          side={side}
          still={dragging}
          led={!lines}
        />
        {!you && !sheet && !lines && (
          <p class="map-invitation">
            <span class="map-invitation-ring" aria-hidden="true" />
            {texts.invitation}
          </p>
        )}
        <div
          ref={focusRef}
          class="map-hand"
          role="slider"
          tabIndex={0}
          aria-label={map.label}
          aria-roledescription={map.role}
          aria-describedby="map-help"
          aria-valuemin={-1}
          aria-valuemax={1}
          aria-valuenow={Number((you?.valence ?? 0).toFixed(2))}
          aria-valuetext={words}
          data-valence={you?.valence.toFixed(2)}
          data-arousal={you?.arousal.toFixed(2)}
          onKeyDown={press}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            setDragging(true);
            setDragged(under(event));
          }}
          onPointerMove={(event) => {
            if (dragging) setDragged(under(event));
          }}
          onPointerUp={(event) => {
            if (!dragging) return;
            setDragging(false);
            const place = under(event);
            setDragged(place);
            onTouch(place);
          }}
          onPointerCancel={() => {
            setDragging(false);
            setDragged(null);
          }}
        />
        {sheet}
      </div>
      <span id="map-help" class="unseen">
        {map.help}
      </span>
      <MapList session={session} you={you} spread={spread} />
      <div class={you ? "map-foot" : "map-foot idle"}>
        <p class="map-words">{you ? map.here(words) : "\u00a0"}</p>
        <ul class="map-key soft small" aria-label={map.key}>
          <li>
            <span class="shape you" aria-hidden="true" />
            {map.you}
          </li>
          <li>
            <span class="shape toward" aria-hidden="true" />
            {map.toward}
          </li>
          <li>
            <span class="shape now" aria-hidden="true" />
            {map.now}
          </li>
          <li>
            <Icon name="note" size={16} />
            {map.next}
          </li>
          {lineKey}
        </ul>
      </div>
    </div>
  );
}

/** Where the words of the ground stand. */
const GROUND = {
  tense: { valence: -0.6, arousal: 0.6 },
  excited: { valence: 0.6, arousal: 0.6 },
  sad: { valence: -0.6, arousal: -0.6 },
  calm: { valence: 0.6, arousal: -0.6 },
  north: { valence: 0, arousal: 0.93 },
  south: { valence: 0, arousal: -0.93 },
  west: { valence: -0.85, arousal: 0 },
  east: { valence: 0.85, arousal: 0 },
} as const;

/** The places of the large marks: you, the target, what plays, and the ends of a way. */
function marked(session: Session | null, you: Point | null, way: readonly Point[]): Point[] {
  const places = [you, session?.target, session?.playing?.track, way[0], way.at(-1)];
  return places.filter((one): one is Point => one?.valence != null && one.arousal != null);
}

/** The painted ground: quiet rings like a chart's, and words that make way for a mark. */
function Field({ under }: { under: readonly Point[] }) {
  const word = (name: keyof typeof GROUND, kind: "quarter" | "edge", said: string) => {
    const { valence, arousal } = GROUND[name];
    const covered = under.some(
      (mark) => Math.abs(mark.valence - valence) < 0.2 && Math.abs(mark.arousal - arousal) < 0.12,
    );
    return <span class={`map-${kind} ${name}${covered ? " covered" : ""}`}>{said}</span>;
  };
  return (
    <>
      <svg class="map-lines" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <path d="M50 9V91M9 50H91" />
        <circle cx="50" cy="50" r="13" />
        <circle cx="50" cy="50" r="26" />
        <circle cx="50" cy="50" r="39" />
      </svg>
      {word("tense", "quarter", map.corners.tense)}
      {word("excited", "quarter", map.corners.excited)}
      {word("sad", "quarter", map.corners.sad)}
      {word("calm", "quarter", map.corners.calm)}
      {word("north", "edge", map.north)}
      {word("south", "edge", map.south)}
      {word("west", "edge", map.west)}
      {word("east", "edge", map.east)}
    </>
  );
}

interface MarksProps {
  session: Session | null;
  you: Point | null;
  covariance: readonly [number, number, number];
  side: number;
  still: boolean;
  led: boolean;
}

function Marks({ session, you, covariance, side, still, led }: MarksProps) {
  const at = (point: Point) => {
    const { x, y } = toSquare(point);
    // Keep marks whole inside the square's edge.
    const hold = (n: number) => Math.min(side - 14, Math.max(14, n * side));
    return { x: hold(x), y: hold(y) };
  };
  const felt = (track: { valence: number | null; arousal: number | null } | undefined) =>
    track && track.valence !== null && track.arousal !== null
      ? at({ valence: track.valence, arousal: track.arousal })
      : null;

  const ring = ellipse(covariance, side);
  const here = you && at(you);
  const to = session?.target ? at(session.target) : null;
  const now = felt(session?.playing?.track);
  const apart = here && to ? Math.hypot(to.x - here.x, to.y - here.y) : 0;
  const together = apart < 12;
  const edge = here && to ? reach(ring, to.x - here.x, to.y - here.y) : 0;

  const named: (Labelled & { word: string; key: string })[] = [];
  const name = (key: string, spot: { x: number; y: number }, r: number, word: string) =>
    named.push({ ...spot, r, word, key, w: word.length * CHAR_PX + 10, h: LABEL_H });
  if (now) name("now", now, 13, map.now);
  if (here) name("you", here, Math.max(ring.rx, ring.ry), to && together ? map.both : map.you);
  if (to && !(here && together)) name("toward", to, 11, map.toward);
  const words = corners(side);
  const boxes = placeLabels(named, side, words);

  return (
    <div class={`map-marks${still ? " still" : ""}`} aria-hidden="true">
      {led && here && to && apart > edge + 20 && (
        <svg class="map-journey" width={side} height={side} aria-hidden="true" focusable="false">
          <line
            x1={here.x + ((to.x - here.x) * edge) / apart}
            y1={here.y + ((to.y - here.y) * edge) / apart}
            x2={to.x - ((to.x - here.x) * 14) / apart}
            y2={to.y - ((to.y - here.y) * 14) / apart}
          />
        </svg>
      )}
      {here && (
        <span
          class="mark you"
          style={{
            ...place(here),
            width: `${2 * ring.rx}px`,
            height: `${2 * ring.ry}px`,
            rotate: `${ring.turn.toFixed(1)}deg`,
          }}
        />
      )}
      {session?.queue.map(({ track }) => {
        const lies = felt(track);
        const spot = lies && besideWords(lies, words);
        return (
          spot && (
            <span key={track.id} class="mark next" style={place(spot)} title={track.title}>
              <Icon name="note" size={17} />
            </span>
          )
        );
      })}
      {to && <span class="mark toward" style={place(to)} />}
      {now && (
        <span class="mark now" style={place(now)}>
          <Icon name="play" size={14} />
        </span>
      )}
      {named.map(({ key, word, w, h }, i) => (
        <span
          key={key}
          class="mark-word"
          style={{
            left: `${boxes[i]?.x}px`,
            top: `${boxes[i]?.y}px`,
            width: `${w}px`,
            height: `${h}px`,
          }}
        >
          {word}
        </span>
      ))}
    </div>
  );
}

const place = ({ x, y }: { x: number; y: number }) => ({ left: `${x}px`, top: `${y}px` });

/** Where the words of the quarters and edges stand; marks keep their words off them. */
function corners(side: number) {
  const box = (x: number, y: number, w: number) => ({
    x: x * side - w / 2,
    y: y * side - 12,
    w,
    h: 24,
  });
  return [
    box(0.2, 0.2, 60),
    box(0.8, 0.2, 70),
    box(0.2, 0.8, 44),
    box(0.8, 0.8, 48),
    box(0.5, 0.045, 84),
    box(0.5, 0.955, 60),
    { x: 0, y: side / 2 - 12, w: 84, h: 24 },
    { x: side - 70, y: side / 2 - 12, w: 70, h: 24 },
  ];
}
