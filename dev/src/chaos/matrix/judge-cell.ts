import { readFile } from "node:fs/promises";
import { listPulls, readRef, readLedger } from "../github-admin.ts";
import { findIllegal, type HistoryLine } from "../replay.ts";
import type { Lane } from "./lane.ts";

/** What is wrong with the end something came to; empty is right. */
export type Judgement = readonly string[];

type ExecutionRow = {
  execution_id: string;
  status: string;
  failure_code: string | null;
  github_run_id: string | null;
  logs_owed: boolean;
};

const history_of =
  "select object_id, action, from_status, to_status, version from audit_events where kind = 'execution' and object_id = $1 order by id";

export async function judgeExecution(lane: Lane, key: string): Promise<Judgement | undefined> {
  const rows = await executionsOf(lane, key);
  if (rows.length === 0 || rows.some(isOpen)) return undefined;
  return judgeEnded(lane, key, rows, "succeeded", 1);
}

/** Its run held on until it was told to stop: it had its effect, once, and then ended as cancelled. */
export async function judgeCancelled(lane: Lane, key: string): Promise<Judgement | undefined> {
  const rows = await executionsOf(lane, key);
  if (rows.length === 0 || rows.some(isOpen)) return undefined;
  const wrong = await judgeEnded(lane, key, rows, "cancelled", 1);
  const { entries } = await readLedger(lane.system.endpoints, ["run_completed"]);
  const run = entries.find(({ run_id }) => run_id === Number(rows[0]?.github_run_id));
  return run?.detail["conclusion"] === "cancelled"
    ? wrong
    : [...wrong, `its run ended as ${String(run?.detail["conclusion"])}`];
}

export async function judgeTaskOf(lane: Lane, key: string, steps: number): Promise<Judgement | undefined> {
  const { rows } = await lane.db.query<{ id: string; status: string }>(
    "select id, status from tasks where description = $1",
    [key],
  );
  if (rows.length === 0 || rows.some(({ status }) => status === "running")) return undefined;
  const keys = Array.from({ length: steps }, (_, n) => key + "+".repeat(n));
  const executions = await Promise.all(keys.map((one) => executionsOf(lane, one)));
  if (executions.flat().some(isOpen)) return undefined;
  const wrong = await Promise.all(keys.map((one, n) => judgeEnded(lane, one, executions[n] ?? [], "succeeded", 1)));
  return [
    ...(rows.length === 1 ? [] : [`${rows.length} tasks`]),
    ...rows.filter(({ status }) => status !== "succeeded").map(({ status }) => `the task is ${status}`),
    ...wrong.flat(),
  ];
}

export async function judgeSkill({ db, system }: Lane, name: string): Promise<Judgement | undefined> {
  const { rows } = await db.query<{
    status: string;
    revision: number;
    commit_hash: string | null;
    pr_number: number | null;
  }>(
    `select r.status, r.revision, r.commit_hash, r.pr_number from skills s join skill_revisions r on r.skill_id = s.id where s.name = $1`,
    [name],
  );
  const [row] = rows;
  if (row === undefined || !["active", "failed", "invalid", "rejected"].includes(row.status)) return undefined;
  const pulls = await listPulls(system.endpoints, `infraskill/${name}/r${row.revision}`);
  const tagged = await readRef(system.endpoints, `tags/skill/${name}/${row.revision}`);
  return [
    ...(rows.length === 1 ? [] : [`${rows.length} revisions`]),
    ...(row.status === "active" ? [] : [`it is ${row.status}`]),
    ...(pulls.length === 1 ? [] : [`${pulls.length} pull requests`]),
    ...(pulls[0]?.merge_commit_sha === row.commit_hash
      ? []
      : [`active at ${row.commit_hash}, and not what was merged`]),
    ...(tagged === row.commit_hash ? [] : [`its tag is at ${tagged}`]),
  ];
}

async function executionsOf({ db }: Lane, key: string): Promise<ExecutionRow[]> {
  const { rows } = await db.query<ExecutionRow>(
    "select execution_id, status, failure_code, github_run_id, logs_owed from skill_executions where inputs ->> 'key' = $1",
    [key],
  );
  return rows;
}

function isOpen({ status, logs_owed }: ExecutionRow): boolean {
  return logs_owed || !["succeeded", "failed", "timed_out", "cancelled"].includes(status);
}

/** One row, one effect, as many runs as look-ups allow, a legal history. */
async function judgeEnded(
  lane: Lane,
  key: string,
  rows: readonly ExecutionRow[],
  status: string,
  effects: number,
): Promise<string[]> {
  const [row] = rows;
  if (row === undefined || rows.length > 1) return [`${rows.length} executions of ${key}`];
  const { rows: history } = await lane.db.query<HistoryLine>(history_of, [row.execution_id]);
  const lines = (await readFile(lane.ledger, "utf8").catch(() => "")).split("\n");
  const had = lines.filter((line) => line.split(" ")[0] === key).length;
  const { entries } = await readLedger(lane.system.endpoints, ["dispatch"]);
  const runs = entries.filter(
    ({ detail }) => (detail["inputs"] as { execution_id?: string }).execution_id === row.execution_id,
  ).length;
  const missed = history.filter(({ action }) => action === "run_missing").length;
  return [
    ...(row.status === status ? [] : [`${key} is ${row.status} (${row.failure_code})`]),
    ...(had === effects ? [] : [`${key} had ${had} effects`]),
    ...(runs <= 1 + missed ? [] : [`${runs} runs after ${missed} look-ups that found none`]),
    ...findIllegal(history, new Map([[row.execution_id, row.status]])),
  ];
}
