import { Link, useMatches } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { Fragment } from "react";
import { cn } from "../lib/class-names.ts";

export type Crumb = { readonly label: string; readonly to?: string };

/** Where one is. Every route gives its crumbs as static data or from its parameters. */
export function Breadcrumb() {
  const match = useMatches().findLast(({ staticData }) => staticData.crumbs !== undefined);
  const crumbs = match?.staticData.crumbs?.(match.params) ?? [];
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 pl-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map(({ label, to }, index) => (
          <Fragment key={label}>
            {index > 0 && (
              <ChevronRight
                size={13}
                className={cn("shrink-0 text-faint", index < crumbs.length - 1 && "max-sm:hidden")}
                aria-hidden
              />
            )}
            <li
              className={cn(
                "truncate",
                index === 2 ? "shrink-0" : "min-w-0",
                index < crumbs.length - 2 && "max-sm:hidden",
              )}
              aria-current={index === crumbs.length - 1 ? "page" : undefined}
            >
              {to === undefined ? (
                <span className="font-medium">{label}</span>
              ) : (
                <Link to={to} className="text-soft hover:text-ink hover:underline">
                  {label}
                </Link>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
