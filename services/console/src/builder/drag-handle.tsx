import { GripVertical } from "lucide-react";
import { cn } from "../lib/class-names.ts";
import type { Reorder } from "./use-reorder.ts";

/** What a row is dragged by; with the keyboard focus on it, the arrow keys move the row. */
export function DragHandle({
  name,
  index,
  reorder,
}: {
  name: string;
  index: number;
  reorder: Pick<Reorder<HTMLElement>, "handle">;
}) {
  return (
    <button
      type="button"
      data-handle
      aria-label={`Move ${name}: drag it, or press the arrow keys`}
      title="Drag, or press ↑ ↓"
      className="flex h-7 w-5 shrink-0 cursor-grab touch-none items-center justify-center rounded-sm text-faint hover:text-ink active:cursor-grabbing disabled:cursor-not-allowed"
      {...reorder.handle(index)}
    >
      <GripVertical size={13} aria-hidden />
    </button>
  );
}

/** The classes of a row during a drag. */
export function dragClass(look: ReturnType<Reorder<HTMLElement>["lookOf"]>): string {
  return cn(
    look === "dragged" && "opacity-45",
    look === "above" && "shadow-[0_-2px_0_0_var(--accent)]",
    look === "below" && "shadow-[0_2px_0_0_var(--accent)]",
  );
}
