/** The map as a sheet to draw a way on: by hand, or by arrow keys that move a pen. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Point } from "@/api/types";
import { step, toMap, toSquare } from "@/features/mood/marks";
import { placeWords, texts } from "@/texts";
import { drawnTo, lengthOf, SHORTEST, simplified } from "./way";
import "./journey.css";

const words = texts.journey;

export interface PenProps {
  /** Where the pen stands at first, for those who draw by keys. */
  from: Point;
  onDrawn(way: Point[]): void;
  onLeave(): void;
}

export function Pen({ from, onDrawn, onLeave }: PenProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [way, setWay] = useState<Point[]>([]);
  const [pen, setPen] = useState(from);
  const drawing = useRef(false);
  useEffect(() => sheet.current?.focus(), []);

  function under(event: PointerEvent): Point {
    const box = (sheet.current as HTMLDivElement).getBoundingClientRect();
    return toMap((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  function finish(drawn: Point[]) {
    if (lengthOf(drawn) < SHORTEST) setWay([]);
    else onDrawn(simplified(drawn));
  }

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = step(pen, event.key);
    if (moved) setPen(moved);
    else if (event.key === " ") setWay(drawnTo(way, pen));
    else if (event.key === "Enter") finish(drawnTo(way.length ? way : [from], pen));
    else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={sheet}
      class="pen-sheet"
      role="application"
      aria-label={words.sheet}
      aria-describedby="pen-help"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = true;
        setWay([under(event)]);
        setPen(under(event));
      }}
      onPointerMove={(event) => {
        if (!drawing.current) return;
        const here = under(event);
        setPen(here);
        setWay((drawn) => drawnTo(drawn, here));
      }}
      onPointerUp={(event) => {
        if (!drawing.current) return;
        drawing.current = false;
        finish(drawnTo(way, under(event)));
      }}
      onPointerCancel={() => {
        drawing.current = false;
        setWay([]);
      }}
    >
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <polyline class="way drawn" points={pointsOf([...way, pen])} />
      </svg>
      <span class="pen" style={spot(pen)} aria-hidden="true" />
      {!way.length && <p class="pen-invitation">{words.invitation}</p>}
      <p id="pen-help" class="unseen">
        {words.help}
      </p>
      <p class="unseen" role="status">
        {words.penAt(placeWords(pen.valence, pen.arousal), way.length)}
      </p>
    </div>
  );
}

export const pointsOf = (way: readonly Point[]) =>
  way
    .map(toSquare)
    .map(({ x, y }) => `${x.toFixed(4)},${y.toFixed(4)}`)
    .join(" ");

const spot = (point: Point) => {
  const { x, y } = toSquare(point);
  return { left: `${100 * x}%`, top: `${100 * y}%` };
};
