import { type RefObject, useEffect, useRef, useState } from "react";

type Row = { readonly id: string };

/**
 * The rows of a list, newest first, without those that came since a person began to read it: they wait until `show` is called, so that nothing moves
 * under the reader. With `atOnce` nothing waits.
 */
export function useHeld<T extends Row>(
  rows: readonly T[],
  atOnce: boolean,
): { shown: readonly T[]; waiting: number; show: () => void } {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  // What stands below the last row that was seen is older: it was asked for.
  const last = atOnce ? -1 : rows.findLastIndex(({ id }) => seen.has(id));
  const isNew = ({ id }: Row, index: number): boolean => index < last && !seen.has(id);
  const waiting = rows.filter(isNew).length;
  useEffect(() => {
    if (waiting === 0) setSeen(idsOf(rows));
  }, [rows, waiting]);
  return {
    shown: waiting === 0 ? rows : rows.filter((row, index) => !isNew(row, index)),
    waiting,
    show: () => setSeen(idsOf(rows)),
  };
}

/** Whether the element, which stands at the top of a list, is in sight. */
export function useInSight<T extends Element>(): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null);
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? true));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, inSight];
}

function idsOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.map(({ id }) => id));
}
