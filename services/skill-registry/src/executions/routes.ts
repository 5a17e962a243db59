import type { JobLog } from "@infraskill/contracts/execution";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { listAudit } from "../audit/store.ts";
import type { Context } from "../context.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { toPage } from "../database/page.ts";
import { inSnapshot } from "../database/snapshot.ts";
import { keepLogs } from "../logs/keep.ts";
import { sliceLines } from "../logs/lines.ts";
import { readLog } from "../logs/read.ts";
import { listLogs } from "../logs/store.ts";
import { applyToExecution } from "./apply.ts";
import { beginDispatch } from "./begin-dispatch.ts";
import { acceptCallback } from "./callback.ts";
import { claimExecution } from "./claim.ts";
import { counted } from "./counters.ts";
import { createExecution } from "./create.ts";
import { previewExecution } from "./preview.ts";
import { reportExecution } from "./report.ts";
import { executionKey, findExecution, listExecutions, listJobs } from "./store.ts";
import { executionWork } from "./work.ts";
import { toExecution, toHistoryEntry, toJobRun, toLogLines } from "./view.ts";

type ExecutionHandlers = Pick<
  Handlers<typeof registryEndpoints>,
  | "executeSkill"
  | "previewExecution"
  | "listExecutions"
  | "getExecution"
  | "getExecutionLogs"
  | "getLogIndex"
  | "getJobLog"
  | "cancelExecution"
  | "rerunExecution"
  | "claimExecution"
  | "acceptCallback"
  | "executionWork"
  | "beginDispatch"
  | "reportExecution"
>;

export function executionHandlers(context: Context): ExecutionHandlers {
  const { db, counters, announce } = context;
  return {
    async executeSkill({ params, body }) {
      const accepted = await createExecution(context, {
        id: body.id,
        skill_name: params.name,
        inputs: body.inputs,
        actor: body.actor,
        idempotency_key: body.idempotency_key,
        operation: `execute ${params.name}`,
      });
      const answer = found(accepted, "There is no such skill.");
      announce();
      return answer;
    },
    async previewExecution({ params, body }) {
      return found(await previewExecution(context, params.name, body.inputs), "There is no such skill.");
    },
    async listExecutions({ query }) {
      return toPage(await listExecutions(db, query), query.limit, executionKey, toExecution);
    },
    async getExecution({ params: { execution_id } }) {
      return inSnapshot(db, async (trx) => {
        const row = found(await findExecution(trx, execution_id));
        const events = await listAudit(trx, "execution", execution_id);
        const jobs = await listJobs(trx, execution_id);
        return { ...toExecution(row), events: events.map(toHistoryEntry), jobs: jobs.map(toJobRun) };
      });
    },
    async getExecutionLogs({ params: { execution_id }, query }) {
      const row = found(await findExecution(db, execution_id));
      const rows = await listLogs(db, execution_id, query.job);
      if (query.job !== undefined && rows.length === 0) throw new HttpProblem("not_found", "The run has no such job.");
      const jobs: JobLog[] = [];
      for (const row of rows) {
        const { job_id, name, conclusion } = row;
        const log = await readLog(context, execution_id, row);
        jobs.push({ job_id, name, conclusion, lines: toLogLines(log, query.after) });
      }
      return { complete: isComplete(row), jobs };
    },
    async getLogIndex({ params: { execution_id } }) {
      // Before the logs: one that comes in between makes it no more complete.
      const complete = isComplete(found(await findExecution(db, execution_id)));
      const rows = await listLogs(db, execution_id);
      const jobs = rows.flatMap(({ job_id, name, log_from, log_lines }) =>
        log_from === null || log_lines === null ? [] : [{ job_id, name, from: log_from, lines: log_lines }],
      );
      return { complete, jobs };
    },
    async getJobLog({ params: { execution_id, job_id }, query }) {
      const row = found((await listLogs(db, execution_id, job_id))[0], "The run has no such job.");
      return { text: sliceLines(await readLog(context, execution_id, row), query.after, query.limit) };
    },
    async cancelExecution({ params: { execution_id }, body: { actor } }) {
      const applied = await db
        .transaction()
        .execute((trx) =>
          applyToExecution(trx, { execution_id, happening: { type: "cancel_requested" }, actor }, context),
        );
      const { applied: cancelling, status, jobs } = found(applied);
      if (!cancelling && status !== "cancelling")
        throw new HttpProblem("wrong_state", `It has ended already: ${status}.`);
      announce();
      return { execution: toExecution(found(await findExecution(db, execution_id))), jobs };
    },
    async rerunExecution({ params: { execution_id }, body }) {
      const row = found(await findExecution(db, execution_id));
      const accepted = await createExecution(context, {
        id: body.id,
        skill_name: row.skill_name,
        inputs: body.inputs ?? {},
        again: row,
        actor: body.actor,
        idempotency_key: body.idempotency_key,
        operation: `rerun ${execution_id}`,
      });
      const answer = found(accepted);
      announce();
      return answer;
    },
    async claimExecution({ params, body }) {
      const asking = claimExecution(context, params.execution_id, body.claims);
      const { jobs } = found(await counted(counters.claims, asking, (claimed) => (claimed ? "accepted" : "not_found")));
      announce();
      return { claimed: true, jobs };
    },
    async acceptCallback({ params, body }) {
      const reporting = acceptCallback(context, params.execution_id, body);
      const { jobs } = found(await counted(counters.callbacks, reporting, (taken) => taken?.outcome ?? "not_found"));
      announce();
      return { accepted: true, jobs };
    },
    async executionWork({ params }) {
      return found(await executionWork(context, params.execution_id));
    },
    async beginDispatch({ params, body }) {
      const answer = found(await beginDispatch(context, params.execution_id, body.version));
      if (answer.begun) announce();
      return answer;
    },
    async reportExecution({ params: { execution_id }, body: { version, event } }) {
      const { event: happening, kept } = await keepLogs(context, execution_id, event);
      const report = { execution_id, version, happening, actor: "infraskill", kept };
      const applied = found(await reportExecution(context, report));
      announce();
      return applied;
    },
  };
}

/** Whether every job's log was collected. */
function isComplete({ status, logs_owed }: ExecutionRow): boolean {
  return isFinal(executionMachine, status) && !logs_owed;
}

function found<T>(value: T | undefined, detail = "There is no such execution."): T {
  if (value === undefined) throw new HttpProblem("not_found", detail);
  return value;
}
