import { useQuery, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "./query-keys.ts";
import { readAnswer } from "./read-answer.ts";

export type JobLogState = { readonly lines: readonly string[] };

/**
 * The lines of one GitHub job. While the job goes on only what is new is asked for. It is read as text, not through the typed client:
 * 200,000 lines as JSON are four times the bytes and seconds of checking.
 */
export function useJobLog(execution_id: string, job_id: number | undefined, options: { going: boolean }) {
  const client = useQueryClient();
  const key = [...queryKeys.executionLog(execution_id), job_id];
  return useQuery({
    queryKey: key,
    enabled: job_id !== undefined,
    queryFn: async ({ signal }): Promise<JobLogState> => {
      const before = client.getQueryData<JobLogState>(key)?.lines ?? [];
      const path = `/api/executions/${execution_id}/logs?job=${job_id}&after=${before.length}`;
      const headers = { accept: "text/plain, application/problem+json;q=0.5" };
      const text = await (await readAnswer(path, { headers, signal })).text();
      if (text === "") return { lines: before };
      const added = text.replace(/\n$/, "").split("\n");
      return { lines: before.length === 0 ? added : [...before, ...added] };
    },
    refetchInterval: options.going ? 2_000 : false,
    structuralSharing: false,
  });
}
