/** A long list of rows of one height: only those in sight are in the page. */
import type { ComponentChildren } from "preact";
import { type MutableRef, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface VirtualListProps {
  label: string;
  total: number;
  rowHeight: number;
  /** Called with the first and last index in sight whenever they change. */
  onSight(first: number, last: number): void;
  /** How far it is scrolled, in pixels: where it begins, and where it was left. */
  scrolled: MutableRef<number>;
  row(index: number): ComponentChildren;
}

const MARGIN_ROWS = 6;

export function VirtualList({ label, total, rowHeight, onSight, scrolled, row }: VirtualListProps) {
  const box = useRef<HTMLElement>(null);
  const [scroll, setScroll] = useState(scrolled.current);
  const [height, setHeight] = useState(480);

  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = scroll;
  }, []);
  useEffect(() => {
    const measured = box.current;
    if (!measured) return;
    const watch = new ResizeObserver(() => setHeight(measured.clientHeight || 480));
    watch.observe(measured);
    return () => watch.disconnect();
  }, []);

  const first = Math.max(0, Math.floor(scroll / rowHeight) - MARGIN_ROWS);
  const last = Math.min(total, Math.ceil((scroll + height) / rowHeight) + MARGIN_ROWS) - 1;
  useEffect(() => {
    if (last >= first) onSight(first, last);
  }, [first, last, onSight]);

  const rows = [];
  for (let i = first; i <= last; i++)
    rows.push(
      <li
        key={i}
        aria-posinset={i + 1}
        aria-setsize={total}
        style={{ top: `${i * rowHeight}px`, height: `${rowHeight}px` }}
      >
        {row(i)}
      </li>,
    );

  return (
    <section
      ref={box}
      class="virtual"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keys
      tabIndex={0}
      onScroll={(event) => {
        scrolled.current = event.currentTarget.scrollTop;
        setScroll(event.currentTarget.scrollTop);
      }}
    >
      <ul style={{ height: `${total * rowHeight}px` }}>{rows}</ul>
    </section>
  );
}
