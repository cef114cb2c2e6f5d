/** All tracks on the mood map: a canvas to look at, and a hand over it to point with. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Point, Track } from "@/api/types";
import { step } from "@/features/mood/marks";
import { placeWords, texts } from "@/texts";
import type { Theme } from "@/ui/colour";
import { Icon } from "@/ui/Icon";
import type { Atlas } from "./atlas";
import { colourTable, type Dots, dotSize, nearestDot, paint, quarters } from "./dots";
import { words } from "./libraryWords";
import {
  MOST_ZOOM,
  moved,
  pointAt,
  seen,
  showing,
  spot,
  UNIT,
  under,
  type View,
  WHOLE,
  zoomed,
} from "./view";

const REST_MS = 90; // a pointer that rests so long asks what it rests on
const SPEAK_AFTER_MS = 450; // arrows pressed in a row count as one move
const DRAG_PX = 4;
const REACH_PX = { mouse: 12, touch: 24 };
const NEAR = 0.15; // of the map, around the hand

export interface Chosen {
  track: Track;
  /** Where in the library it stands; null while that is not known. */
  row: number | null;
}

export interface LibraryMapProps {
  atlas: Atlas;
  chosen: Chosen | null;
  /** The place asked about last. */
  place: Point | null;
  onTrack(chosen: Chosen): void;
  onPlace(place: Point): void;
}

export function LibraryMap({ atlas, chosen, place, onTrack, onPlace }: LibraryMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useSignal(WHOLE);
  const hovered = useSignal<{ row: number; track: Track | null } | null>(null);
  const hand = useSignal<Point | null>(null); // where the keys have led
  const [size, setSize] = useState({ width: 0, height: 0 });
  const theme = useTheme();
  const dots = atlas.dots.value;
  const map = atlas.map.value;
  const colours = useMemo(() => colourTable(theme), [theme]);
  const counts = useMemo(() => dots && quarters(dots), [dots]);
  const timers = useRef<{ rest?: Timer; speak?: Timer }>({});
  const press = useRef<{ x: number; y: number; moved: boolean; id: number } | null>(null);

  useEffect(() => {
    const measured = box.current as HTMLDivElement;
    const watch = new ResizeObserver(() =>
      setSize({ width: measured.clientWidth, height: measured.clientHeight }),
    );
    watch.observe(measured);
    function wheel(event: WheelEvent) {
      event.preventDefault(); // the sheet does not scroll under the map
      const at = measured.getBoundingClientRect();
      view.value = zoomed(
        view.value,
        Math.exp(-event.deltaY / 300),
        (event.clientX - at.left) / at.width,
        (event.clientY - at.top) / at.height,
      );
    }
    measured.addEventListener("wheel", wheel, { passive: false });
    return () => {
      watch.disconnect();
      measured.removeEventListener("wheel", wheel);
      clearTimeout(timers.current.rest);
      clearTimeout(timers.current.speak);
    };
  }, [view]);

  // -- painting: once a frame at most, and only when something changed -------------------

  useEffect(() => {
    const surface = canvas.current;
    if (!surface || !dots || !size.width || !size.height) return;
    const scale = Math.min(2, devicePixelRatio || 1);
    const width = Math.round(size.width * scale);
    const height = Math.round(size.height * scale);
    surface.width = width;
    surface.height = height;
    const context = surface.getContext("2d");
    if (!context) return;
    const picture = context.createImageData(width, height);
    const { color } = getComputedStyle(surface);
    context.fillStyle = color;
    context.globalAlpha = 0.18;
    let frame = 0;
    const draw = () => {
      frame = 0;
      const { r, cover } = dotSize(dots.x.length, size.width, size.height, view.value.zoom);
      paint(picture.data, width, height, dots, view.value, { r: r * scale, cover, colours });
      context.putImageData(picture, 0, 0);
      rule(context, view.value, width, height);
    };
    draw();
    const stop = view.subscribe(() => {
      frame ||= requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [dots, size, colours, view]);

  // -- pointing ------------------------------------------------------------------------

  const within = (event: PointerEvent) => {
    const at = (box.current as HTMLDivElement).getBoundingClientRect();
    return { x: event.clientX - at.left, y: event.clientY - at.top };
  };

  function hover(at: { x: number; y: number }) {
    const found = dots
      ? nearestDot(dots, view.value, at, size.width, size.height, REACH_PX.mouse)
      : -1;
    const row = found < 0 ? null : (dots?.row[found] ?? null);
    if (row === (hovered.value?.row ?? null)) return;
    clearTimeout(timers.current.rest);
    hovered.value = row === null ? null : { row, track: null };
    if (row === null) return;
    timers.current.rest = setTimeout(() => {
      void atlas.track(row).then((track) => {
        if (track && hovered.value?.row === row) hovered.value = { row, track };
      });
    }, REST_MS);
  }

  function tap(at: { x: number; y: number }, reach: number) {
    const found = dots ? nearestDot(dots, view.value, at, size.width, size.height, reach) : -1;
    const row = found < 0 ? undefined : dots?.row[found];
    if (row === undefined) {
      const { x, y } = under(view.value, at.x / size.width, at.y / size.height);
      hand.value = null;
      onPlace(pointAt(x, y));
      return;
    }
    void atlas.track(row).then((track) => track && onTrack({ track, row }));
  }

  function key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const times = ({ "+": 1.6, "=": 1.6, "-": 1 / 1.6 } as Record<string, number>)[event.key];
    if (times) {
      const at = hand.value ? seen(view.value, ...pair(spot(hand.value))) : { x: 0.5, y: 0.5 };
      view.value = zoomed(view.value, times, at.x, at.y);
    } else {
      const from = hand.value ?? place ?? { valence: 0, arousal: 0 };
      const to = event.key === "Enter" ? from : step(from, event.key);
      if (!to) return;
      hand.value = to;
      view.value = showing(view.value, ...pair(spot(to)));
      clearTimeout(timers.current.speak);
      timers.current.speak = setTimeout(
        () => onPlace(to),
        event.key === "Enter" ? 0 : SPEAK_AFTER_MS,
      );
    }
    event.preventDefault();
    event.stopPropagation();
  }

  const at = hand.value ?? place;
  const near = useMemo(() => (dots && at ? countNear(dots, at) : 0), [dots, at]);
  const zoom = useComputed(() => view.value.zoom).value;

  return (
    <div class="atlas" ref={box} data-zoomed={zoom > 1}>
      <canvas ref={canvas} />
      <Ground whole={zoom === 1} />
      <Marks
        view={view}
        size={size}
        hovered={hovered.value && placed(map, hovered.value.row, hovered.value.track)}
        chosen={
          chosen &&
          (chosen.row === null
            ? placedTrack(chosen.track)
            : (placed(map, chosen.row, chosen.track) ?? placedTrack(chosen.track)))
        }
        place={at}
      />
      {!dots && <span class="skeleton atlas-waiting" />}
      <div
        class="atlas-hand"
        role="slider"
        tabIndex={0}
        aria-label={words.map.label}
        aria-roledescription={words.map.role}
        aria-describedby="atlas-help"
        aria-valuemin={-1}
        aria-valuemax={1}
        aria-valuenow={Number((at?.valence ?? 0).toFixed(2))}
        aria-valuetext={
          at
            ? words.map.near(placeWords(at.valence, at.arousal), near)
            : counts
              ? words.map.said(map?.total ?? 0, counts)
              : words.map.waiting
        }
        onKeyDown={key}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          press.current = { ...within(event), moved: false, id: event.pointerId };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const now = within(event);
          const from = press.current;
          if (!from) {
            if (event.pointerType === "mouse") hover(now);
            return;
          }
          if (event.pointerId !== from.id) return;
          if (!from.moved && Math.hypot(now.x - from.x, now.y - from.y) < DRAG_PX) return;
          hovered.value = null;
          view.value = moved(
            view.value,
            (now.x - from.x) / size.width,
            (now.y - from.y) / size.height,
          );
          press.current = { ...now, moved: true, id: from.id };
        }}
        onPointerUp={(event) => {
          const from = press.current;
          press.current = null;
          if (from && !from.moved)
            tap(within(event), event.pointerType === "mouse" ? REACH_PX.mouse : REACH_PX.touch);
        }}
        onPointerCancel={() => {
          press.current = null;
        }}
        onPointerLeave={() => {
          clearTimeout(timers.current.rest);
          hovered.value = null;
        }}
      />
      <span id="atlas-help" class="unseen">
        {words.map.help}
      </span>
      <fieldset class="bare atlas-zoom">
        <legend class="unseen">{words.map.label}</legend>
        <Zoom
          name="plus"
          label={words.map.closer}
          off={zoom >= MOST_ZOOM}
          onClick={() => {
            view.value = zoomed(view.value, 1.6);
          }}
        />
        <Zoom
          name="minus"
          label={words.map.farther}
          off={zoom <= 1}
          onClick={() => {
            view.value = zoomed(view.value, 1 / 1.6);
          }}
        />
      </fieldset>
    </div>
  );
}

/** How many tracks lie around a place. */
function countNear({ x, y }: Dots, place: Point): number {
  const at = spot(place);
  let n = 0;
  for (let i = 0; i < x.length; i++)
    if (Math.hypot((x[i] as number) - at.x, (y[i] as number) - at.y) < NEAR * UNIT) n += 1;
  return n;
}

type Timer = ReturnType<typeof setTimeout>;
const pair = ({ x, y }: { x: number; y: number }) => [x, y] as const;

interface ZoomProps {
  name: "plus" | "minus";
  label: string;
  off: boolean;
  onClick(): void;
}

function Zoom({ name, label, off, onClick }: ZoomProps) {
  return (
    <button
      type="button"
      class="button round"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={onClick}
    >
      <Icon name={name} size={20} />
    </button>
  );
}

/** The words of the edges, and, while all of the map is in sight, those of the quarters. */
function Ground({ whole }: { whole: boolean }) {
  const { corners, north, south, west, east } = texts.map;
  return (
    <div class="atlas-ground" aria-hidden="true">
      {whole &&
        (["tense", "excited", "sad", "calm"] as const).map((name) => (
          <span key={name} class={`atlas-word quarter ${name}`}>
            {corners[name]}
          </span>
        ))}
      <span class="atlas-word edge north">{north}</span>
      <span class="atlas-word edge south">{south}</span>
      <span class="atlas-word edge west">{west}</span>
      <span class="atlas-word edge east">{east}</span>
    </div>
  );
}

/** The two lines through the middle of the map. */
function rule(context: CanvasRenderingContext2D, view: View, width: number, height: number) {
  const { x, y } = seen(view, 0.5, 0.5);
  context.fillRect(Math.round(x * width), 0, 1, height);
  context.fillRect(0, Math.round(y * height), width, 1);
}

/** One track on the map, and how unsure its place is. */
interface Placed {
  at: Point;
  sd: Point;
  title: string | null;
}

function placed(map: Atlas["map"]["value"], row: number, track: Track | null): Placed | null {
  const number = (column: readonly (number | null)[] | undefined) => (column?.[row] ?? 0) / 1000;
  if (!map || map.valence[row] == null) return null;
  return {
    at: { valence: number(map.valence), arousal: number(map.arousal) },
    sd: { valence: number(map.valence_sd), arousal: number(map.arousal_sd) },
    title: track?.title ?? null,
  };
}

function placedTrack({ title, valence, arousal, valence_sd, arousal_sd }: Track): Placed | null {
  if (valence === null || arousal === null) return null;
  return {
    at: { valence, arousal },
    sd: { valence: valence_sd ?? 0, arousal: arousal_sd ?? 0 },
    title,
  };
}

interface MarksProps {
  view: ReadonlySignal<View>;
  size: { width: number; height: number };
  hovered: Placed | null;
  chosen: Placed | null;
  place: Point | null;
}

/** What the pointer is on, what is chosen, and the place asked about. */
function Marks({ view: signal, size, hovered, chosen, place }: MarksProps) {
  if (!hovered && !chosen && !place) return null; // nothing to keep in step with the view
  const view = signal.value;
  const { width, height } = size;
  const at = (point: Point) => {
    const { x, y } = seen(view, ...pair(spot(point)));
    return { x: x * width, y: y * height };
  };
  const shown = hovered ?? chosen;
  const label = shown?.title ? { ...at(shown.at), title: shown.title } : null;
  return (
    <div class="atlas-marks" aria-hidden="true">
      <svg width={width} height={height} aria-hidden="true" focusable="false">
        {place && !chosen && <Cross {...at(place)} />}
        {[chosen, hovered].map(
          (one, i) =>
            one && (
              <g key={i} class={i ? "hovered" : "chosen"}>
                <ellipse
                  class="atlas-sd"
                  cx={at(one.at).x}
                  cy={at(one.at).y}
                  rx={one.sd.valence * UNIT * view.zoom * width}
                  ry={one.sd.arousal * UNIT * view.zoom * height}
                />
                <circle class="atlas-halo" cx={at(one.at).x} cy={at(one.at).y} r={9} />
                <circle class="atlas-ring" cx={at(one.at).x} cy={at(one.at).y} r={9} />
              </g>
            ),
        )}
      </svg>
      {label && label.x > 0 && label.x < width && label.y > 0 && label.y < height && (
        <span
          class="atlas-word name"
          style={{
            left: `${Math.min(width - 8, Math.max(8, label.x))}px`,
            top: `${label.y < 48 ? label.y + 14 : label.y - 36}px`,
            transform: `translateX(${label.x < width * 0.3 ? "-12px" : label.x > width * 0.7 ? "calc(-100% + 12px)" : "-50%"})`,
          }}
        >
          {label.title}
        </span>
      )}
    </div>
  );
}

function Cross({ x, y }: { x: number; y: number }) {
  return <path class="atlas-cross" d={`M${x - 11} ${y}h22M${x} ${y - 11}v22`} />;
}

/** The theme that the root element shows. */
function useTheme(): Theme {
  const root = document.documentElement;
  const now = () => ({
    scheme: root.dataset.scheme === "dark" ? ("dark" as const) : ("light" as const),
    contrast: root.dataset.contrast === "true",
  });
  const [theme, setTheme] = useState<Theme>(now);
  useEffect(() => {
    const watch = new MutationObserver(() => setTheme(now()));
    watch.observe(root, { attributeFilter: ["data-scheme", "data-contrast"] });
    return () => watch.disconnect();
  }, []);
  return theme;
}
