import { chores, workerChores } from "@infraskill/contracts/chores";
import {
  type DeliveryKind,
  deliveryOwes,
  executionLogsOwed,
  executionOwes,
  type Owed,
  revisionOwes,
  revisionRecheckOwed,
} from "@infraskill/contracts/owed";
import { executionStatuses } from "@infraskill/contracts/execution-machine";
import type { Job } from "@infraskill/contracts/queues";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import { owedJob, type Owing, type TimeScale } from "./owe.ts";

type DueRow = { id: string | number; version: number; due_at: Date };
type DueTable = {
  table: string;
  id: string;
  entity: Owing["entity"];
  owes: readonly { owed: Owed; where: ReturnType<typeof sql> }[];
};

/** Every table whose rows can owe, with what they owe in which state: the contracts' rows as conditions. */
const dueTables: readonly DueTable[] = [
  {
    table: "skill_revisions",
    id: "id",
    entity: "revision",
    owes: [
      ...Object.entries(revisionOwes).map(([status, owed]) => ({ owed, where: sql`status = ${status}` })),
      { owed: revisionRecheckOwed, where: sql`status = 'active'` },
    ],
  },
  {
    table: "skill_executions",
    id: "execution_id",
    entity: "execution",
    owes: [
      ...Object.entries(executionOwes).map(([status, owed]) => ({ owed, where: sql`status = ${status}` })),
      { owed: executionLogsOwed, where: sql`logs_owed and status = any (${finished()})` },
    ],
  },
  {
    table: "deliveries",
    id: "id",
    entity: "delivery",
    owes: Object.entries(deliveryOwes).map(([kind, owed]) => ({
      owed,
      where: sql`status = 'received' and kind = ${kind satisfies string as DeliveryKind}`,
    })),
  },
  {
    table: "chores",
    id: "name",
    entity: "chore",
    owes: workerChores.map((name) => ({ owed: chores[name].owes, where: sql`name = ${name}` })),
  },
];

/**
 * Takes up to `limit` rows whose job is past due, per table and kind of job, moves their due time on, and answers their jobs. Rows another sweeper
 * holds are skipped.
 */
export async function takeDueJobs(db: Db, scale: TimeScale, limit: number): Promise<Job[]> {
  if (!(await isAnythingDue(db))) return [];
  const jobs: Job[] = [];
  for (const { table, id, entity, owes } of dueTables) {
    for (const { owed, where } of owes) {
      const { rows } = await sql<DueRow>`
        update ${sql.table(table)} set due_at = clock_timestamp() + ${owed.again_ms * scale} * interval '1 millisecond'
        where ${sql.ref(id)} in (
          select ${sql.ref(id)} from ${sql.table(table)}
          where due_at <= clock_timestamp() and ${where}
          order by due_at limit ${limit} for update skip locked
        )
        returning ${sql.ref(id)} as id, version, due_at`.execute(db);
      jobs.push(...rows.map((row) => owedJob(owed, { entity, id: row.id }, row.version, row.due_at)));
    }
  }
  return jobs;
}

/** Whether any row is past due: one look at small indexes, which is all there is to do most of the time. */
async function isAnythingDue(db: Db): Promise<boolean> {
  const looks = dueTables.map(
    ({ table }) => sql`exists (select from ${sql.table(table)} where due_at <= clock_timestamp())`,
  );
  const { rows } = await sql<{ due: boolean }>`select ${sql.join(looks, sql` or `)} as due`.execute(db);
  return rows[0]?.due ?? false;
}

function finished(): string[] {
  const open = Object.keys(executionOwes);
  return executionStatuses.filter((status) => !open.includes(status));
}
