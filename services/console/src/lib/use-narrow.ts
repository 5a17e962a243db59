import { type RefObject, useLayoutEffect, useState } from "react";

/** Whether an element is narrower than so many pixels, now and after every change of its size. */
export function useNarrow(ref: RefObject<HTMLElement | null>, below: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const look = (): void => setNarrow(element.offsetWidth < below);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, below]);
  return narrow;
}
