import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import type { ExecutionFilter } from "../api/query-keys.ts";
import { useExecutions } from "../api/use-executions.ts";
import { useSkills } from "../api/use-skills.ts";
import { ErrorCard } from "../ui/error-card.tsx";
import { NewRows } from "../ui/new-rows.tsx";
import { EmptyState } from "../ui/page.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { peopleOf } from "../lib/people-of.ts";
import { ExecutionFilters } from "./execution-filters.tsx";
import { ExecutionTable } from "./execution-table.tsx";
import { useArrivals } from "./use-arrivals.ts";

const route = getRouteApi("/app/executions");

/** Every execution there ever was, newest first. */
export function ExecutionsPage() {
  const filter: ExecutionFilter = route.useSearch();
  const query = useExecutions(filter, { limit: 200 });
  const executions = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const filtered = Object.keys(filter).length > 0;
  const { skills } = useSkills({});
  const names = useMemo(() => (skills ?? []).map(({ name }) => name), [skills]);
  const people = useMemo(() => peopleOf(executions ?? []), [executions]);
  const schemas = useMemo(
    () => new Map((skills ?? []).map(({ name, inputs_schema }) => [name, inputs_schema])),
    [skills],
  );

  const top = useRef(0);
  const atOnce = useCallback(() => !filtered && top.current < 8, [filtered]);
  const { waiting, show } = useArrivals(filter, atOnce);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className="flex h-full flex-col px-4 pt-5 pb-4 sm:px-6">
      <header className="mb-3">
        <h1 className="text-xl font-semibold tracking-[-0.01em]">Executions</h1>
        <p className="mt-0.5 text-soft">Every run of a skill, newest first.</p>
      </header>
      <ExecutionFilters filter={filter} skills={names} people={people} />
      <div className="min-h-0 grow">
        {query.isError && executions === undefined ? (
          <ErrorCard error={query.error} retry={query.refetch} />
        ) : executions === undefined ? (
          <SkeletonRows rows={12} className="h-7" />
        ) : executions.length === 0 && waiting === 0 ? (
          <EmptyState title={filtered ? "No execution fits this filter" : "Nothing was run yet"} />
        ) : (
          <ExecutionTable
            executions={executions}
            schemas={schemas}
            onNearEnd={more}
            onScroll={(next) => (top.current = next)}
            note={
              waiting > 0 && (
                <div className="absolute inset-x-0 top-10 z-10 grid justify-items-center">
                  <NewRows count={waiting} onShow={show} />
                </div>
              )
            }
          />
        )}
      </div>
      <p role="status" className="mt-2 text-xs text-faint tabular-nums">
        {executions !== undefined && `${executions.length.toLocaleString("en")}${hasNextPage ? "+" : ""} shown`}
      </p>
    </div>
  );
}
