import type { Execution } from "@infraskill/contracts/execution";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { api, bodyOf } from "../api/client.ts";
import { type ExecutionFilter, queryKeys } from "../api/query-keys.ts";
import type { ExecutionPages } from "../api/use-executions.ts";
import { arrivals } from "./arrivals.ts";

/** How often a stream of new executions is looked at. */
const pause_ms = 500;

/**
 * New executions of a list that is on screen. With `atOnce` they go straight in; otherwise they wait until `show` is called, so that nothing moves
 * under the reader.
 */
export function useArrivals(filter: ExecutionFilter, atOnce: () => boolean): { waiting: number; show: () => void } {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<readonly Execution[]>([]);
  const key = JSON.stringify(filter);

  const insert = useCallback(
    (fresh: readonly Execution[]) => {
      client.setQueryData<ExecutionPages>(queryKeys.executionList(JSON.parse(key) as ExecutionFilter), (data) => {
        const first = data?.pages[0];
        if (data === undefined || first === undefined) return data;
        const known = new Set(data.pages.flatMap(({ items }) => items.map(({ execution_id }) => execution_id)));
        const added = fresh.filter(({ execution_id }) => !known.has(execution_id));
        return { ...data, pages: data.pages.with(0, { ...first, items: [...added, ...first.items] }) };
      });
      setWaiting([]);
    },
    [client, key],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const current = JSON.parse(key) as ExecutionFilter;
    const look = async (): Promise<void> => {
      timer = undefined;
      const page = await bodyOf(api.listExecutions({ query: { ...current, limit: 100 } })).catch(() => undefined);
      const data = client.getQueryData<ExecutionPages>(queryKeys.executionList(current));
      if (page === undefined || data === undefined) return;
      const known = new Set(data.pages.flatMap(({ items }) => items.map(({ execution_id }) => execution_id)));
      const fresh = page.items.filter(({ execution_id }) => !known.has(execution_id));
      if (atOnce()) insert(fresh);
      else setWaiting(fresh);
    };
    const forget = arrivals.subscribe(() => (timer ??= setTimeout(() => void look(), pause_ms)));
    return () => {
      forget();
      clearTimeout(timer);
      setWaiting([]);
    };
  }, [client, key, atOnce, insert]);

  return { waiting: waiting.length, show: () => insert(waiting) };
}
