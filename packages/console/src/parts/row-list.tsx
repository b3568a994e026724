import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

const AHEAD = 8;

interface Props<T> {
  label: string;
  rows: readonly T[];
  keyOf: (row: T) => string;
  children: (row: T) => ReactNode;
  /** How high each is. */
  height_px?: number;
  /** There are more, and how they are asked for. */
  hasMore?: boolean;
  onEnd?: () => void;
}

/** How much larger texts are than usual: rows grow with them. */
const textScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** However long it is, only the rows in sight are on the page. */
export function RowList<T>({
  label,
  rows,
  keyOf,
  children,
  height_px: usual_px = 64,
  hasMore = false,
  onEnd,
}: Props<T>) {
  const [scale] = useState(textScale);
  const height_px = usual_px * scale;
  const list = useRef<HTMLUListElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height_px,
    overscan: AHEAD,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onEnd?.();
  }, [hasMore, last, rows.length, onEnd]);
  const first = rows[0] && keyOf(rows[0]);
  const firstBefore = useRef(first);
  // What is put in front moves nothing of what somebody reads further down.
  useLayoutEffect(() => {
    const added = first === firstBefore.current ? 0 : rows.findIndex((row) => keyOf(row) === firstBefore.current);
    firstBefore.current = first;
    if (added > 0 && window.scrollY > (list.current?.offsetTop ?? 0)) window.scrollBy(0, added * height_px);
  }, [first, rows, keyOf, height_px]);
  return (
    <ul ref={list} className="rows" aria-label={label} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      {shown.map(({ index, start }) => {
        const row = rows[index];
        return (
          row && (
            <li
              key={keyOf(row)}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)`, height: height_px }}
            >
              {children(row)}
            </li>
          )
        );
      })}
    </ul>
  );
}
