import type { ExecutionDetail, Execution } from "@infraskill/contracts/execution";
import { executionStatuses, type ExecutionStatus } from "@infraskill/contracts/execution-machine";
import type { LiveEvent } from "@infraskill/contracts/live-event";
import type { QueryClient } from "@tanstack/react-query";
import { executionQuery } from "../api/use-execution.ts";
import { queryKeys } from "../api/query-keys.ts";
import { refresh } from "./refresh.ts";
import { refreshTasks } from "./refresh-tasks.ts";
import type { ExecutionPages } from "../api/use-executions.ts";
import { arrivals } from "../executions/arrivals.ts";

/** How long events are gathered before anything is asked of the server: a burst costs one call per object. */
const gather_ms = 200;

/** Turns live events into changes of the query cache: statuses at once, the whole object shortly after. */
export function createEventSink(client: QueryClient): (event: LiveEvent) => void {
  const changed = new Map<string, LiveEvent>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    timer = undefined;
    const events = [...changed.values()];
    changed.clear();
    const skills = new Set(events.filter(({ kind }) => kind === "skill").map(({ object_id }) => object_id));
    if (skills.size > 0) {
      refresh(client, queryKeys.skillLists);
      for (const name of skills) refresh(client, queryKeys.skill(name));
    }
    void refreshExecutions(client, events);
    refreshTasks(client, events);
  };
  return (event) => {
    changed.set(`${event.kind}/${event.object_id}`, event);
    if (event.kind === "execution") patchStatus(client, event);
    timer ??= setTimeout(flush, gather_ms);
  };
}

function patchStatus(client: QueryClient, { object_id, status }: LiveEvent): void {
  if (!isExecutionStatus(status)) return;
  patchLists(client, object_id, (old) => ({ ...old, status }));
  client.setQueryData<ExecutionDetail>(queryKeys.execution(object_id), (old) =>
    old === undefined ? undefined : { ...old, status },
  );
}

async function refreshExecutions(client: QueryClient, events: readonly LiveEvent[]): Promise<void> {
  const known = listed(client);
  let unknown = false;
  for (const { kind, object_id } of events) {
    if (kind !== "execution") continue;
    const shown = client.getQueryState(queryKeys.execution(object_id)) !== undefined;
    if (shown) refresh(client, queryKeys.execution(object_id));
    else if (known.has(object_id)) void fetchInto(client, object_id);
    else unknown = true;
  }
  if (unknown) arrivals.look();
}

async function fetchInto(client: QueryClient, id: string): Promise<void> {
  try {
    const { events: _, jobs: __, ...execution } = await client.fetchQuery({ ...executionQuery(id), staleTime: 0 });
    patchLists(client, id, () => execution);
  } catch {
    // The status is already shown; the rest comes with the next event or the next visit.
  }
}

function patchLists(client: QueryClient, id: string, change: (old: Execution) => Execution): void {
  client.setQueriesData<ExecutionPages>({ queryKey: queryKeys.executionLists }, (data) => {
    const page = data?.pages.findIndex(({ items }) => items.some((item) => item.execution_id === id));
    if (data === undefined || page === undefined || page < 0) return data;
    const pages = data.pages.with(page, {
      ...data.pages[page]!,
      items: data.pages[page]!.items.map((item) => (item.execution_id === id ? change(item) : item)),
    });
    return { ...data, pages };
  });
}

function listed(client: QueryClient): Set<string> {
  const ids = new Set<string>();
  for (const [, data] of client.getQueriesData<ExecutionPages>({ queryKey: queryKeys.executionLists })) {
    for (const page of data?.pages ?? []) for (const item of page.items) ids.add(item.execution_id);
  }
  return ids;
}

function isExecutionStatus(status: string): status is ExecutionStatus {
  return executionStatuses.some((known) => known === status);
}
