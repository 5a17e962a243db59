import { TriangleAlert } from "lucide-react";

/** Beside a step that destroys or disrupts something. */
export function DestructiveMark() {
  return (
    <span className="inline-flex items-center gap-1 self-center rounded-sm bg-bad-soft px-1.5 text-xs text-bad">
      <TriangleAlert size={12} aria-hidden /> destructive
    </span>
  );
}
