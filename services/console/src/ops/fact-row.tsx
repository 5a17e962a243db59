import type { ReactNode } from "react";

/** A name, how it stands, and a word about it. */
export function FactRow({ name, children, note }: { name: ReactNode; children: ReactNode; note?: ReactNode }) {
  return (
    <li className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 px-3 py-2 sm:grid-cols-[10rem_minmax(7rem,auto)_minmax(0,1fr)]">
      <span className="font-medium">{name}</span>
      <span className="whitespace-nowrap tabular-nums">{children}</span>
      <span className="text-soft max-sm:col-span-2 empty:hidden">{note}</span>
    </li>
  );
}
