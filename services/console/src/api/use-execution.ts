import { executionMachine, type ExecutionStatus } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export const executionQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.execution(id),
    queryFn: ({ signal }) => bodyOf(api.getExecution({ params: { execution_id: id }, signal })),
  });

/** One execution; while it is going on it is also asked for every few seconds, because steps change without a live event. */
export function useExecution(id: string) {
  return useQuery({
    ...executionQuery(id),
    refetchInterval: (query) => (query.state.data === undefined || isOver(query.state.data.status) ? false : 3_000),
  });
}

/** Nothing about its verdict will change any more. */
export function isOver(status: ExecutionStatus): boolean {
  return isFinal(executionMachine, status);
}
