import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import type { ExecutionStatus } from "@infraskill/contracts/execution-machine";
import type { JobPayload } from "@infraskill/contracts/queues";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Log } from "@infraskill/platform/logger";
import type { Tools } from "./tools.ts";

/** An execution as a job found it. */
export type TakenExecution = {
  readonly work: ExecutionWork;
  /**
   * Tells the registry what happened to the execution as it was last seen, and publishes what is owed now. True when that was applied; the next
   * report then counts from there. False, a normal outcome, when the row had moved on.
   */
  readonly report: (event: ExecutionEvent) => Promise<boolean>;
  /** Reads the execution anew; later reports count from what was read. */
  readonly readAgain: () => Promise<TakenExecution>;
};

/** Reads the execution a job names; undefined when it has moved on since the job was published. */
export async function takeExecution(
  tools: Tools,
  { id: execution_id, version }: JobPayload,
  statuses: readonly ExecutionStatus[],
  log: Log,
): Promise<TakenExecution | undefined> {
  const work = bodyIfFound(await tools.registry.executionWork({ params: { execution_id } }));
  if (work?.version === version && statuses.includes(work.status)) return take(tools, work, log);
  log.debug({ execution_id }, "Execution has moved on");
  return undefined;
}

/**
 * Takes a queued execution to send it to GitHub: from here on it counts as perhaps sent. `begun` is false for one whose dispatch began earlier; undefined
 * when it has moved on.
 */
export async function takeForDispatch(
  tools: Tools,
  { id: execution_id, version }: JobPayload,
  log: Log,
): Promise<(TakenExecution & { begun: boolean }) | undefined> {
  const asked = await tools.registry.beginDispatch({ params: { execution_id }, body: { version } });
  const { begun, work } = bodyIfFound(asked) ?? { begun: false, work: undefined };
  if (work !== undefined && (begun || (work.version === version && work.status === "dispatching")))
    return { ...take(tools, work, log), begun };
  log.debug({ execution_id }, "Execution has moved on");
  return undefined;
}

function take(tools: Tools, work: ExecutionWork, log: Log): TakenExecution {
  const { registry, publisher } = tools;
  const params = { execution_id: work.execution_id };
  let version = work.version;
  return {
    work,
    async report(event) {
      const applied = bodyOf(await registry.reportExecution({ params, body: { version, event } }));
      log.debug({ ...params, event: event.type, applied: applied.applied }, "Execution reported");
      if (applied.applied) version = applied.version;
      await publisher.publishAll(applied.jobs);
      return applied.applied;
    },
    readAgain: async () => take(tools, bodyOf(await registry.executionWork({ params })), log),
  };
}
