import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import type { Execution } from "@infraskill/contracts/execution";
import { api, bodyOf } from "./client.ts";
import { type ExecutionFilter, queryKeys } from "./query-keys.ts";

export type ExecutionPages = InfiniteData<{ items: Execution[]; next_cursor: string | null }, string | undefined>;

/** Executions, newest first, page by page. */
export function useExecutions(filter: ExecutionFilter, options: { limit?: number; enabled?: boolean } = {}) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.executionList(filter),
    queryFn: ({ signal, pageParam }) =>
      bodyOf(api.listExecutions({ query: { ...filter, limit: options.limit ?? 100, cursor: pageParam }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: options.enabled ?? true,
  });
  return query;
}
