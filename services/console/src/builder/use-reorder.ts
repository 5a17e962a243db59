import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from "react";

export type Reorder<T extends HTMLElement> = {
  /** On the element whose children are the rows. */
  readonly list: RefObject<T | null>;
  /** On the handle of a row: drags it by pointer, moves it by the arrow keys. */
  readonly handle: (index: number) => {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: () => void;
    onPointerCancel: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
  /** How a row looks during a drag: it is the one, or the one is to land above or below it. */
  readonly lookOf: (index: number) => "dragged" | "above" | "below" | undefined;
};

type Drag = { readonly from: number; readonly to: number };

/** Rows that are put in order by hand. */
export function useReorder<T extends HTMLElement>(onMove: (from: number, to: number) => void): Reorder<T> {
  const list = useRef<T>(null);
  const [drag, setDrag] = useState<Drag>();
  const rows = (): Element[] => [...(list.current?.children ?? [])];
  return {
    list,
    handle: (index) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: index, to: index });
      },
      onPointerMove(event) {
        if (drag === undefined) return;
        const to = placeAt(rows(), event.clientY);
        if (to !== drag.to) setDrag({ ...drag, to });
      },
      onPointerUp() {
        if (drag !== undefined && drag.to !== drag.from) onMove(drag.from, drag.to);
        setDrag(undefined);
      },
      onPointerCancel: () => setDrag(undefined),
      onKeyDown(event) {
        const to = index + (event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0);
        if (to === index || to < 0 || to >= rows().length) return;
        event.preventDefault();
        onMove(index, to);
        requestAnimationFrame(() => rows()[to]?.querySelector<HTMLElement>("[data-handle]")?.focus());
      },
    }),
    lookOf(index) {
      if (drag === undefined) return undefined;
      if (index === drag.from) return "dragged";
      if (index !== drag.to) return undefined;
      return drag.to < drag.from ? "above" : "below";
    },
  };
}

/** The row under a height of the page, or the nearest one. */
function placeAt(rows: readonly Element[], y: number): number {
  const below = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
  return below < 0 ? rows.length - 1 : below;
}
