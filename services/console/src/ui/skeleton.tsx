import { cn } from "../lib/class-names.ts";

/** Grey lines in the shape of what is coming. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={cn("skeleton", className)} />;
}

export function SkeletonRows({ rows, className = "h-9" }: { rows: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-2">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className={className} />
      ))}
    </div>
  );
}
