import { formatAge, formatMoment } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";

/** "3 min ago", with the exact moment on hover. */
export function Age({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatAge(at, now)}
    </time>
  );
}
