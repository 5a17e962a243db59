import type { ExecutionDetail } from "@infraskill/contracts/execution";
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

/** One execution; until it has ended and its logs are kept it is also asked for every few seconds, because steps change without a live event. */
export function useExecution(id: string) {
  return useQuery({
    ...executionQuery(id),
    refetchInterval: (query) => (query.state.data === undefined || isSettled(query.state.data) ? false : 3_000),
  });
}

function isSettled({ status, github_run_id, events }: ExecutionDetail): boolean {
  return isOver(status) && (github_run_id === null || events.some(({ action }) => action === "logs_collected"));
}

/** Nothing about its verdict will change any more. */
export function isOver(status: ExecutionStatus): boolean {
  return isFinal(executionMachine, status);
}
