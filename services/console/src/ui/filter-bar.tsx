import { SlidersHorizontal, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cn } from "../lib/class-names.ts";
import { Button } from "./button.tsx";

/** A list's search and its filters; on a phone the filters stand behind a button that counts them. */
export function FilterBar({
  search,
  children,
  set,
  onClear,
}: {
  search: ReactNode;
  children: ReactNode;
  /** How many of the filters are set, the search apart. */
  set: number;
  /** Absent while there is nothing to clear. */
  onClear: (() => void) | undefined;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <div className="min-w-44 grow basis-60">{search}</div>
      <Button className="sm:hidden" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <SlidersHorizontal size={14} aria-hidden /> Filters{set > 0 && ` · ${set}`}
      </Button>
      <div
        id={id}
        className={cn(
          "items-center gap-2 max-sm:w-full max-sm:grid-cols-2 sm:flex sm:flex-wrap",
          open ? "max-sm:grid" : "max-sm:hidden",
        )}
      >
        {children}
        {onClear !== undefined && (
          <Button look="quiet" onClick={onClear}>
            <X size={14} aria-hidden /> Clear
          </Button>
        )}
      </div>
    </div>
  );
}
