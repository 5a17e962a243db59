import type { ReactNode } from "react";
import { cn } from "../lib/class-names.ts";

/** A page's heading, its actions at the right, and its content. */
export function Page({
  title,
  lead,
  actions,
  wide = false,
  fill = false,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  /** What grows in it takes the rest of a wide screen, and the page itself does not scroll while that is enough. */
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        "w-full px-4 pt-5 sm:px-6",
        !wide && "max-w-7xl",
        fill ? "pb-10 lg:flex lg:h-full lg:flex-col lg:pb-4" : "pb-10",
      )}
    >
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-[-0.01em]">{title}</h1>
          {lead !== undefined && <div className="mt-0.5 text-soft">{lead}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A bordered surface with an optional caption row. */
export function Panel({
  title,
  actions,
  children,
  className,
  flush = false,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  flush?: boolean;
}) {
  return (
    <section className={cn("min-w-0 rounded-lg border border-line bg-panel shadow-flat", className)}>
      {title !== undefined && (
        <header className="flex min-h-10 items-center justify-between gap-2 border-b border-line px-3 py-1">
          <h2 className="text-sm font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      <div className={flush ? undefined : "p-3"}>{children}</div>
    </section>
  );
}

export function EmptyState({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-lg border border-dashed border-line-strong px-4 py-12 text-center">
      <p className="text-base font-medium">{title}</p>
      {children !== undefined && <div className="grid max-w-md justify-items-center gap-3 text-soft">{children}</div>}
    </div>
  );
}
