import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button.tsx";

type Pages = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => unknown;
};

/** At the end of a list that has more: loads it when it comes in sight, or by its button. */
export function LoadMore({ pages, note }: { pages: Pages; note?: ReactNode }) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages;
  const end = useRef<HTMLDivElement>(null);
  // What failed is tried again by hand.
  const byItself = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (end.current === null || !byItself) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && void fetchNextPage(),
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [byItself, fetchNextPage]);
  if (!hasNextPage) return null;
  return (
    <div ref={end} className="mt-4 grid justify-items-center gap-2 text-soft">
      {note}
      <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {isFetchingNextPage ? "Loading…" : "Show more"}
      </Button>
    </div>
  );
}
