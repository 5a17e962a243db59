import { readFile } from "node:fs/promises";
import type { Pool, PoolClient } from "pg";
import type { SystemEndpoints } from "../start/endpoints-file.ts";
import { readLedger } from "./github-admin.ts";
import { judgeTask, type TaskFacts } from "./judge-tasks.ts";
import type { Accepted } from "./load.ts";
import { findIllegal, type HistoryLine } from "./replay.ts";

/** Everything that must not be, each with what was found; all empty is a pass. */
export interface Findings {
  /** The faults were over before everything was asked for, so the rest was not shown. */
  readonly not_asked: string[];
  /** Accepted, and not in the table. */
  readonly lost: string[];
  /** Not final. */
  readonly stuck: string[];
  /** More than one effect. */
  readonly doubled: string[];
  /** Ended as succeeded, without its effect. */
  readonly hollow: string[];
  /** Failed although nothing made it fail, or a task that did not end as its steps' reports let it. */
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
  /** One sentence for each task that rightly failed. */
  readonly explained: readonly string[];
  /** When the last one ended, in ms since 1970. */
  readonly last_end: number;
}

type Row = {
  execution_id: string;
  task_id: string | null;
  status: string;
  github_run_id: string | null;
  failure_code: string | null;
  failure_detail: string | null;
  completed_at: Date | null;
};

const tasks_with_steps = `
  select id, status, failure_code, (
    select json_agg(json_build_object('index', s.index, 'status', s.status, 'execution_id', s.execution_id, 'given', s.given) order by s.index)
    from task_steps s where s.task_id = tasks.id
  ) as steps
  from tasks`;

/** What was asked for and what was done to it, from outside of the system. */
export interface Evidence {
  readonly accepted: Accepted;
  readonly effects_file: string;
  readonly forged: { readonly guids: readonly string[]; readonly accepted: readonly string[] };
  /** Executions whose run gave its report up. */
  readonly given_up: ReadonlySet<string>;
}

/** Judges by the tables, the local GitHub's ledger and the file of effects; never by what the services say of themselves. */
export async function judge(
  db: Pool,
  endpoints: SystemEndpoints,
  { accepted, effects_file, forged, given_up }: Evidence,
): Promise<Verdict> {
  const { rows, tasks, history, waiting, fake } = await readTables(db, forged.guids);
  const ledger = await readLedger(endpoints, ["dispatch", "run_completed"]);
  const effects = await readEffects(effects_file);

  const by_id = new Map(rows.map((row) => [row.execution_id, row]));
  const task_by_id = new Map(tasks.map((task) => [task.id, task]));
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
  const countEffects = (key: string) => effects.get(key)?.length ?? 0;
  const task_verdicts = [...accepted.tasks].flatMap(([key, id]) => {
    const task = task_by_id.get(id);
    return task === undefined || !final.has(task.status) ? [] : [judgeTask(key, task, given_up, countEffects)];
  });

  const findings: Findings = {
    not_asked: accepted.not_asked === 0 ? [] : [`${accepted.not_asked} when the faults were over`],
    lost: [
      ...[...accepted.executions].filter(([, id]) => !by_id.has(id)).map(([key, id]) => `${key} ${id}`),
      ...[...accepted.tasks].filter(([, id]) => !task_by_id.has(id)).map(([key, id]) => `${key} ${id}`),
    ],
    stuck: [
      ...rows
        .filter(({ status }) => !final.has(status))
        .map(({ execution_id, status }) => `${execution_id} is ${status}`),
      ...tasks.filter(({ status }) => !final.has(status)).map(({ id, status }) => `task ${id} is ${status}`),
      ...waiting.map(({ id }) => `delivery ${id} is unread`),
    ],
    doubled: [...effects].filter(([, runs]) => runs.length > 1).map(([key, runs]) => `${key} by ${runs.join(", ")}`),
    hollow: [...accepted.executions]
      .filter(([key, id]) => by_id.get(id)?.status === "succeeded" && countEffects(key) === 0)
      .map(([key, id]) => `${key} ${id}`),
    wronged: [
      ...rows
        .filter((row) => final.has(row.status) && !excused(row))
        .map(
          ({ execution_id, status, failure_code, failure_detail }) =>
            `${execution_id} ${status}: ${failure_code}, ${failure_detail}`,
        ),
      ...task_verdicts.flatMap(({ wrong }) => wrong),
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
    forgeries: [...fake.map(({ guid }) => `a forged webhook became delivery ${guid}`), ...forged.accepted],
  };
  const runs = [...dispatches.values()];
  const explained = task_verdicts.flatMap((verdict) => verdict.explained ?? []);
  return {
    findings,
    explained,
    figures: {
      executions: rows.length,
      tasks: tasks.length,
      "tasks failed, each explained": explained.length,
      "reports given up by their run": given_up.size,
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

/** Of one moment: what has not ended goes on while it is read. */
async function readTables(db: Pool, forged_guids: readonly string[]) {
  const client = await db.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const rows = await select<Row>(
      client,
      "select execution_id, task_id, status, github_run_id, failure_code, failure_detail, completed_at from skill_executions",
    );
    const tasks = await select<TaskFacts>(client, tasks_with_steps);
    const history = await select<HistoryLine>(
      client,
      "select object_id, action, from_status, to_status, version from audit_events where kind = 'execution' order by id",
    );
    const waiting = await select<{ id: string }>(client, "select id::text from deliveries where status = 'received'");
    const fake = await select<{ guid: string }>(client, "select guid from deliveries where guid = any ($1)", [
      forged_guids,
    ]);
    await client.query("commit");
    return { rows, tasks, history, waiting, fake };
  } finally {
    client.release();
  }
}

async function select<T extends object>(db: PoolClient, text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.query<T>(text, values)).rows;
}
