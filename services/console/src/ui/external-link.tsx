import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { safeHref } from "../lib/safe-href.ts";

/** A link to another site, in a new tab; plain text when the address is none. */
export function ExternalLink({
  href,
  className,
  children,
}: {
  href: string | null;
  className?: string | undefined;
  children: ReactNode;
}) {
  const safe = safeHref(href);
  if (safe === undefined) return <span className={className}>{children}</span>;
  return (
    <a href={safe} target="_blank" rel="noreferrer" className={className ?? "text-accent underline underline-offset-2"}>
      {children}
      <ArrowUpRight size={13} className="ml-0.5 inline shrink-0" aria-label="(opens GitHub in a new tab)" />
    </a>
  );
}
