import { Link, useMatches } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { Fragment } from "react";

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
            {index > 0 && <ChevronRight size={13} className="shrink-0 text-faint" aria-hidden />}
            <li className="min-w-0 truncate" aria-current={index === crumbs.length - 1 ? "page" : undefined}>
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
