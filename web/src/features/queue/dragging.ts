/**
 * Dragging one row of a list to another place, with a mouse, a pen or a finger.
 *
 * Only the grip of a row takes the pointer, so that a finger elsewhere scrolls the page.
 * Rows are measured once, as the drag begins; until it ends the list is not changed.
 */
import { useEffect, useRef, useState } from "preact/hooks";

interface Drag {
  from: number;
  to: number;
  /** How far the pointer has come, in pixels. */
  by: number;
}

/** Where a row lies that is dragged: over as many others as its middle has passed. */
export function placeAt(middles: readonly number[], from: number, by: number): number {
  const at = (middles[from] ?? 0) + by;
  const passed = middles.filter((middle, i) => i !== from && middle < at);
  return passed.length;
}

/** `order` is another word whenever the list is another one; a drag under way ends then. */
export function useDragging(order: string, onMove: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const begun = useRef({ y: 0, middles: [] as number[], height: 0 });

  useEffect(() => setDrag(null), [order]);
  useEffect(() => {
    if (!drag) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") setDrag(null);
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [drag]);

  /** What the grip of a row listens to. */
  const grip = (place: number) => ({
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !list.current) return;
      const boxes = [...list.current.children].map((row) => row.getBoundingClientRect());
      begun.current = {
        y: event.clientY,
        middles: boxes.map(({ top, height }) => top + height / 2),
        height: boxes[place]?.height ?? 0,
      };
      (event.currentTarget as Element).setPointerCapture?.(event.pointerId);
      setDrag({ from: place, to: place, by: 0 });
    },
    onPointerMove(event: PointerEvent) {
      if (!drag) return;
      const by = event.clientY - begun.current.y;
      setDrag({ ...drag, by, to: placeAt(begun.current.middles, drag.from, by) });
    },
    onPointerUp() {
      setDrag(null);
      if (drag && drag.to !== drag.from) onMove(drag.from, drag.to);
    },
    onPointerCancel: () => setDrag(null),
  });

  /** How far a row lies from its place while one is dragged, in pixels. */
  function shift(place: number): number {
    if (!drag) return 0;
    if (place === drag.from) return drag.by;
    if (place > drag.from && place <= drag.to) return -begun.current.height;
    if (place < drag.from && place >= drag.to) return begun.current.height;
    return 0;
  }

  return { list, grip, shift, dragged: drag?.from ?? null };
}
