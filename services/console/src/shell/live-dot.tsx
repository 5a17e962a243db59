import { cn } from "../lib/class-names.ts";
import { useLiveState } from "../live/use-live.ts";

const looks = {
  live: { label: "Live", title: "Changes appear as they happen", dot: "bg-good" },
  connecting: { label: "Connecting", title: "Connecting to the live events", dot: "bg-faint" },
  lost: {
    label: "Reconnecting",
    title: "The live connection is gone; it is tried again every few seconds",
    dot: "bg-warn",
  },
} as const;

export function LiveDot() {
  const look = looks[useLiveState()];
  return (
    <span role="status" title={look.title} className="inline-flex items-center gap-1.5 px-1 text-xs text-soft">
      <span aria-hidden className={cn("size-2 rounded-full", look.dot)} />
      <span className="max-sm:sr-only">{look.label}</span>
    </span>
  );
}
