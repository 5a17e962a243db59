import { readFile } from "node:fs/promises";
import type { Pool } from "pg";
import type { SystemEndpoints } from "../start/endpoints-file.ts";
import { readLedger } from "./github-admin.ts";
import { type Accepted, steps_per_task } from "./load.ts";
import { findIllegal, type HistoryLine } from "./replay.ts";

/** Everything that must not be, each with what was found; all empty is a pass. */
export interface Findings {
  /** Accepted, and not in the table. */
  readonly lost: string[];
  /** Not final. */
  readonly stuck: string[];
  /** More than one effect. */
  readonly doubled: string[];
  /** Ended as succeeded, without its effect; or a task's steps out of order. */
  readonly hollow: string[];
  /** Failed although nothing made it fail. */
  readonly wronged: string[];
  readonly illegal_transitions: string[];
  /** GitHub was sent an execution again that it may have had. */
  readonly blind_dispatches: string[];
  /** The row says another thing than GitHub's own record. */
  readonly contradictions: string[];
  readonly forgeries: string[];
}

export interface Verdict {
  readonly findings: Findings;
  readonly figures: Readonly<Record<string, number>>;
  /** When the last one ended, in ms since 1970. */
  readonly last_end: number;
}

type Row = {
  execution_id: string;
  task_id: string | null;
  status: string;
  github_run_id: string | null;
  failure_code: string | null;
  completed_at: Date | null;
};

type TaskRow = { id: string; status: string; failure_code: string | null; ended_steps: string[] };

const tasks_with_steps = `
  select id, status, failure_code, array(
    select e.execution_id from task_steps s join skill_executions e using (execution_id)
    where s.task_id = tasks.id and e.status = 'succeeded'
  ) as ended_steps
  from tasks`;

/**
 * The one way in which a task may rightly fail here: the report of an earlier step was acknowledged and withheld, GitHub's conclusion ended that step
 * without outputs, and the next one reads them.
 */
function missesOutputs({ status, failure_code, ended_steps }: TaskRow, withheld: ReadonlySet<string>): boolean {
  return status === "failed" && failure_code === "inputs_refused" && ended_steps.some((id) => withheld.has(id));
}

/** Judges by the tables, the local GitHub's ledger and the file of effects; never by what the services say of themselves. */
export async function judge(
  db: Pool,
  endpoints: SystemEndpoints,
  effects_file: string,
  accepted: Accepted,
  forged: { guids: readonly string[]; accepted: number },
  withheld: ReadonlySet<string>,
): Promise<Verdict> {
  const rows = await select<Row>(
    db,
    "select execution_id, task_id, status, github_run_id, failure_code, completed_at from skill_executions",
  );
  const tasks = await select<TaskRow>(db, tasks_with_steps);
  const history = await select<HistoryLine>(
    db,
    "select object_id, action, from_status, to_status, version from audit_events where kind = 'execution' order by id",
  );
  const waiting = await select<{ id: string }>(db, "select id::text from deliveries where status = 'received'");
  const fake = await select<{ guid: string }>(db, "select guid from deliveries where guid = any ($1)", [forged.guids]);
  const ledger = await readLedger(endpoints, ["dispatch", "run_completed"]);
  const effects = await readEffects(effects_file);

  const by_id = new Map(rows.map((row) => [row.execution_id, row]));
  const task_status = new Map(tasks.map(({ id, status }) => [id, status]));
  const final = new Set(["succeeded", "failed", "timed_out", "cancelled"]);
  const excused = (row: Row) =>
    row.status === "succeeded" || (row.status === "cancelled" && accepted.cancelled.has(row.execution_id));
  const conclusions = new Map(
    ledger.entries
      .filter(({ kind }) => kind === "run_completed")
      .map(({ run_id, detail }) => [run_id, detail["conclusion"]]),
  );
  const dispatches = countBy(
    ledger.entries.filter(({ kind }) => kind === "dispatch"),
    ({ detail }) => String((detail["inputs"] as Record<string, unknown> | undefined)?.["execution_id"]),
  );
  const missed = countBy(
    history.filter(({ action }) => action === "run_missing"),
    ({ object_id }) => object_id,
  );
  const count_of = (key: string) => effects.get(key)?.length ?? 0;

  const findings: Findings = {
    lost: [
      ...[...accepted.executions].filter(([, id]) => !by_id.has(id)).map(([key, id]) => `${key} ${id}`),
      ...[...accepted.tasks].filter(([, id]) => !task_status.has(id)).map(([key, id]) => `${key} ${id}`),
    ],
    stuck: [
      ...rows
        .filter(({ status }) => !final.has(status))
        .map(({ execution_id, status }) => `${execution_id} is ${status}`),
      ...tasks.filter(({ status }) => !final.has(status)).map(({ id, status }) => `task ${id} is ${status}`),
      ...waiting.map(({ id }) => `delivery ${id} is unread`),
    ],
    doubled: [...effects].filter(([, runs]) => runs.length > 1).map(([key, runs]) => `${key} by ${runs.join(", ")}`),
    hollow: [
      ...[...accepted.executions]
        .filter(([key, id]) => by_id.get(id)?.status === "succeeded" && count_of(key) === 0)
        .map(([key, id]) => `${key} ${id}`),
      ...[...accepted.tasks]
        .filter(([, id]) => task_status.get(id) === "succeeded")
        .flatMap(([key]) => stepKeys(key).filter((step) => count_of(step) === 0)),
    ],
    wronged: [
      ...rows
        .filter((row) => final.has(row.status) && !excused(row))
        .map(({ execution_id, status, failure_code }) => `${execution_id} ${status}: ${failure_code}`),
      ...tasks
        .filter((task) => ["failed", "cancelled"].includes(task.status) && !missesOutputs(task, withheld))
        .map(({ id, status }) => `task ${id} ${status}`),
    ],
    illegal_transitions: findIllegal(history, new Map(rows.map(({ execution_id, status }) => [execution_id, status]))),
    blind_dispatches: [...dispatches]
      .filter(([id, count]) => count > 1 + (missed.get(id) ?? 0))
      .map(([id, count]) => `${id}: ${count} runs, ${missed.get(id) ?? 0} look-ups that found none`),
    contradictions: rows
      .filter(
        ({ status, github_run_id }) => status === "succeeded" && conclusions.get(Number(github_run_id)) !== "success",
      )
      .map(
        ({ execution_id, github_run_id }) =>
          `${execution_id}: run ${github_run_id} is ${String(conclusions.get(Number(github_run_id)))}`,
      ),
    forgeries: [
      ...fake.map(({ guid }) => `a forged webhook became delivery ${guid}`),
      ...(forged.accepted === 0 ? [] : [`${forged.accepted} forgeries were accepted`]),
    ],
  };
  const runs = [...dispatches.values()];
  return {
    findings,
    figures: {
      executions: rows.length,
      tasks: tasks.length,
      "tasks that missed outputs": tasks.filter((task) => missesOutputs(task, withheld)).length,
      succeeded: rows.filter(({ status }) => status === "succeeded").length,
      cancelled: rows.filter(({ status }) => status === "cancelled").length,
      effects: [...effects.values()].reduce((sum, { length }) => sum + length, 0),
      runs_started: runs.reduce((sum, count) => sum + count, 0),
      "runs refused by the claim": runs.reduce((sum, count) => sum + count - 1, 0),
      "dispatches without an answer": new Set(
        history.filter(({ action }) => action === "dispatch_unknown").map(({ object_id }) => object_id),
      ).size,
      "dispatches put off": history.filter(({ action }) => action === "dispatch_postponed").length,
      "look-ups that found no run": [...missed.values()].reduce((sum, count) => sum + count, 0),
      transitions: history.length,
      ...Object.fromEntries(Object.entries(ledger.totals).filter(([kind]) => kind === "fault")),
    },
    last_end: Math.max(...rows.map(({ completed_at }) => completed_at?.getTime() ?? 0)),
  };
}

/** Each step adds a sign to the key it was given by the one before. */
function stepKeys(key: string): string[] {
  return Array.from({ length: steps_per_task }, (_, n) => key + "+".repeat(n));
}

/** By key: the runs that had the effect. */
async function readEffects(file: string): Promise<Map<string, string[]>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const effects = new Map<string, string[]>();
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [key = "", run = ""] = line.split(" ");
    effects.set(key, [...(effects.get(key) ?? []), run]);
  }
  return effects;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

async function select<T extends object>(db: Pool, text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.query<T>(text, values)).rows;
}
