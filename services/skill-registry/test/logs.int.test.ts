import { createHash } from "node:crypto";
import type { JobRun } from "@infraskill/contracts/execution";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { createTestDatabase } from "@infraskill/testing/test-database";
import { until } from "@infraskill/testing/until";
import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "../src/database/connect.ts";
import { migrations } from "../src/database/migrations.ts";
import { activate, must, type Registry, run, startRegistry } from "./registry.ts";
import { startS3 } from "./s3.ts";

let s3: Awaited<ReturnType<typeof startS3>>;
let registry: Registry;
beforeAll(async () => {
  s3 = await startS3();
  const variables = {
    LOG_STORE: "s3",
    LOG_S3_ENDPOINT: s3.s3.endpoint,
    LOG_S3_BUCKET: s3.s3.bucket,
    LOG_S3_REGION: s3.s3.region,
    LOG_S3_ACCESS_KEY_ID: s3.s3.access_key_id,
    LOG_S3_SECRET_ACCESS_KEY: s3.s3.secret_access_key,
    LOG_RETENTION_DAYS: "30",
  };
  registry = await startRegistry({ variables, sweep_every_ms: 20 });
  await activate(registry, "logged");
});
afterAll(async () => {
  await registry.stop();
  await s3.stop();
});

async function report(execution_id: string, event: ExecutionEvent) {
  const params = { execution_id };
  const { version } = await must(registry.calls.executionWork({ params }));
  return must(registry.calls.reportExecution({ params, body: { version, event } }));
}

/** One whose run goes on. */
async function running(run_id: number): Promise<string> {
  const body = { actor: "ada", inputs: { host: "a" } };
  const { execution } = await must(registry.calls.executeSkill({ params: { name: "logged" }, body }));
  await report(execution.execution_id, { type: "dispatch_started" });
  await report(execution.execution_id, { type: "dispatched", run_id, run_url: "https://github.test/runs/1" });
  return execution.execution_id;
}

const job = (job_id: number, log: string | null): JobRun & { log: string | null } => ({
  job_id,
  attempt: 1,
  name: `job ${job_id}`,
  status: "completed",
  conclusion: "success",
  started_at: null,
  completed_at: null,
  steps: [],
  log,
});
const logsOf = (execution_id: string, job_id?: number) =>
  registry.calls.getExecutionLogs({ params: { execution_id }, query: { job: job_id } });
const texts = async (execution_id: string) =>
  (await must(logsOf(execution_id))).jobs.map(({ lines }) => lines.map(({ text }) => text));
const rows = (execution_id: string) =>
  registry.query(
    "select job_id::int, log_store, log_lines, log_from from execution_logs where execution_id = $1 order by job_id",
    [execution_id],
  );

describe("logs in a storage beside Postgres", () => {
  it("are counted in the order they come, and the first of a job stays", async () => {
    const execution_id = await running(1);
    const seen = (jobs: JobRun[]) => ({ type: "run_observed", run: run(execution_id, { run_id: 1 }), jobs }) as const;
    await report(execution_id, seen([job(3, "c1\nc2"), job(1, null), job(2, null)]));
    await report(execution_id, seen([job(3, "other"), job(2, "")]));
    await report(execution_id, seen([job(1, "a1\n"), job(3, null)]));
    expect(await rows(execution_id)).toEqual([
      { job_id: 1, log_store: "s3", log_lines: 1, log_from: 2 },
      { job_id: 2, log_store: "s3", log_lines: 0, log_from: 2 },
      { job_id: 3, log_store: "s3", log_lines: 2, log_from: 0 },
    ]);
    expect(await texts(execution_id)).toEqual([["a1"], [], ["c1", "c2"]]);
    expect(await registry.query("select count(*)::int as n from log_texts")).toEqual([{ n: 0 }]);
    const index = await must(registry.calls.getLogIndex({ params: { execution_id } }));
    expect({ ...index, jobs: index.jobs.toSorted((one, other) => one.job_id - other.job_id) }).toEqual({
      complete: false,
      jobs: [
        { job_id: 1, name: "job 1", from: 2, lines: 1 },
        { job_id: 2, name: "job 2", from: 2, lines: 0 },
        { job_id: 3, name: "job 3", from: 0, lines: 2 },
      ],
    });
    const page = (job_id: number, after: number, limit: number) =>
      registry.calls.getJobLog({ params: { execution_id, job_id }, query: { after, limit } });
    expect([await must(page(3, 0, 1)), await must(page(3, 1, 9))]).toEqual([{ text: "c1\n" }, { text: "c2" }]);
    expect(await page(4, 0, 1)).toMatchObject({ ok: false, status: 404 });
    const { kept_logs } = await must(registry.calls.executionWork({ params: { execution_id } }));
    expect(kept_logs.toSorted((one, other) => one - other)).toEqual([1, 2, 3]);
  });

  it("hold no execution up while it is away, and are kept when it is back", async () => {
    const execution_id = await running(2);
    const ended = run(execution_id, { run_id: 2, status: "completed", conclusion: "success" });
    await s3.leave();
    await report(execution_id, { type: "run_observed", run: run(execution_id, { run_id: 2 }), jobs: [job(21, "one")] });
    await report(execution_id, { type: "run_observed", run: ended });
    const collected = { type: "logs_collected", jobs: [job(21, "one"), job(22, "two")] } as const;
    await report(execution_id, { ...collected, jobs: [...collected.jobs] });
    const execution = await must(registry.calls.getExecution({ params: { execution_id } }));
    expect(execution).toMatchObject({ status: "succeeded", jobs: [{ name: "job 21" }] });
    expect(execution.events.at(-1)).toMatchObject({
      action: "logs_postponed",
      detail: { detail: "The storage that keeps the logs cannot be reached." },
    });
    expect(await must(registry.calls.executionWork({ params: { execution_id } }))).toMatchObject({
      logs_owed: true,
      kept_logs: [],
    });
    const health = async () => (await fetch(`${registry.url}/readyz`)).json();
    expect(await health()).toMatchObject({ status: "degraded", checks: { log_s3: { status: "down" } } });

    await s3.comeBack();
    await report(execution_id, { ...collected, jobs: [...collected.jobs] });
    expect(await texts(execution_id)).toEqual([["one"], ["two"]]);
    expect(await health()).toMatchObject({ checks: { log_s3: { status: "up" } } });

    await s3.leave();
    expect(await logsOf(execution_id)).toMatchObject({
      ok: false,
      status: 503,
      retry_after_s: 10,
      problem: { detail: "The storage that keeps the logs cannot be reached." },
    });
    await s3.comeBack();
  });

  it("are deleted with their time, wherever they are, and how many lines there were stays", async () => {
    const [old, older, fresh] = [await running(31), await running(32), await running(33)];
    for (const [index, execution_id] of [old, older, fresh].entries()) {
      const ended = run(execution_id, { run_id: 31 + index, status: "completed", conclusion: "success" });
      await report(execution_id, { type: "run_observed", run: ended });
      await report(execution_id, { type: "logs_collected", jobs: [job(40 + index, "one\ntwo")] });
    }
    // As if it had been kept before the storage was changed.
    await registry.query(
      "insert into log_texts select execution_id, job_id, log_hash, E'one\\ntwo' from execution_logs where execution_id = $1",
      [older],
    );
    await registry.query("update execution_logs set log_store = 'postgres' where execution_id = $1", [older]);
    expect(await texts(older)).toEqual([["one", "two"]]);

    const sql = "update skill_executions set completed_at = now() - interval '31 days' where execution_id = any($1)";
    await registry.query(sql, [[old, older]]);
    await registry.query("update chores set due_at = now() where name = 'delete_old_logs'");
    await until(async () => (await texts(old))[0]?.length === 0 && (await texts(older))[0]?.length === 0);
    expect(await texts(fresh)).toEqual([["one", "two"]]);
    expect(await rows(old)).toMatchObject([{ log_store: null, log_lines: 2, log_from: 0 }]);
    expect(await registry.query("select count(*)::int as n from log_texts")).toEqual([{ n: 0 }]);
    expect((await s3.keys()).some((key) => key.includes(old))).toBe(false);
    expect((await s3.keys()).some((key) => key.includes(fresh))).toBe(true);
  });

  it("that are missing where they were kept are empty, not an error", async () => {
    const execution_id = await running(4);
    const observed = { type: "run_observed", run: run(execution_id, { run_id: 4 }), jobs: [job(50, "one")] } as const;
    await report(execution_id, { ...observed, jobs: [...observed.jobs] });
    await registry.query("update execution_logs set log_hash = $2 where execution_id = $1", [
      execution_id,
      "a".repeat(64),
    ]);
    expect(await texts(execution_id)).toEqual([[]]);
  });

  it("of a storage that is configured no more are asked for again later", async () => {
    const execution_id = await running(5);
    const observed = { type: "run_observed", run: run(execution_id, { run_id: 5 }), jobs: [job(60, "one")] } as const;
    await report(execution_id, { ...observed, jobs: [...observed.jobs] });
    await registry.query("update execution_logs set log_store = 'files' where execution_id = $1", [execution_id]);
    expect(await logsOf(execution_id)).toMatchObject({ ok: false, status: 503 });
  });
});

it("finds the logs of a database from before they had a place of their own", async () => {
  const database = await createTestDatabase();
  const { db } = connectDatabase({ url: database.url, max: 1 });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const must = async (migrated: ReturnType<typeof migrator.migrateToLatest>) =>
    expect((await migrated).error).toBeUndefined();
  await must(migrator.migrateTo("0013-check-rules"));
  // The rows that these refer to are not what this is about.
  await sql`set session_replication_role = replica`.execute(db);
  await sql`
    insert into execution_logs (execution_id, job_id, attempt, name, status, steps, log) values
      ('x', 3, 1, 'c', 'completed', '[]', E'c1\nc2'), ('x', 1, 1, 'a', 'completed', '[]', E'a1\n\n'),
      ('x', 2, 1, 'b', 'completed', '[]', ''), ('x', 4, 1, 'd', 'queued', '[]', null)`.execute(db);
  await must(migrator.migrateToLatest());
  const { rows } = await sql`
    select j.job_id, log_store, log_lines, log_from, log_hash = hash as named, text
    from execution_logs j left join log_texts t using (execution_id, job_id) order by job_id`.execute(db);
  expect(rows).toEqual([
    { job_id: 1, log_store: "postgres", log_lines: 2, log_from: 0, named: true, text: "a1\n\n" },
    { job_id: 2, log_store: "postgres", log_lines: 0, log_from: 2, named: true, text: "" },
    { job_id: 3, log_store: "postgres", log_lines: 2, log_from: 2, named: true, text: "c1\nc2" },
    { job_id: 4, log_store: null, log_lines: null, log_from: null, named: null, text: null },
  ]);
  const hash = createHash("sha256").update("c1\nc2").digest("hex");
  expect((await sql`select 1 from log_texts where hash = ${hash}`.execute(db)).rows).toHaveLength(1);
  await db.destroy();
  await database.drop();
});
