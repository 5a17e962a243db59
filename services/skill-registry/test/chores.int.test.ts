import type { ChoreOutcome } from "@infraskill/contracts/chores";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activate, blob, must, type Registry, run, startRegistry } from "./registry.ts";

const variables = {
  LOG_RETENTION_DAYS: "30",
  DELIVERY_RETENTION_DAYS: "10",
  FAILED_DELIVERY_RETENTION_DAYS: "20",
  IDEMPOTENCY_RETENTION_DAYS: "5",
};
let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry({ sweep_every_ms: 20, variables });
  await activate(registry, "logged");
});
afterAll(() => registry.stop());

/** An execution that ended so many days ago, with one line of log. */
async function ended(days: number): Promise<string> {
  const accepted = registry.calls.executeSkill({
    params: { name: "logged" },
    body: { actor: "ada", inputs: { host: "a" } },
  });
  const { execution_id } = (await must(accepted)).execution;
  const params = { execution_id };
  const job = { job_id: days, attempt: 1, name: "Execute", status: "completed", conclusion: "success" };
  const kept = { ...job, started_at: null, completed_at: null, steps: [], log: "kept\n" };
  for (const event of [
    { type: "dispatch_started" },
    { type: "dispatched", run_id: days, run_url: "https://github.test/runs/1" },
    { type: "run_observed", run: run(execution_id, { run_id: days, status: "completed", conclusion: "success" }) },
    { type: "logs_collected", jobs: [kept] },
  ] as const) {
    const { version } = await must(registry.calls.executionWork({ params }));
    await must(registry.calls.reportExecution({ params, body: { version, event: event as never } }));
  }
  const sql = "update skill_executions set completed_at = now() - $2 * interval '1 day' where execution_id = $1";
  await registry.query(sql, [execution_id, days]);
  return execution_id;
}

const lines = async (execution_id: string) => {
  const logs = registry.calls.getExecutionLogs({ params: { execution_id }, query: {} });
  return (await must(logs)).jobs.map((job) => job.lines.length);
};

it("deletes the text of logs that are older than asked for, and keeps the jobs, once per period", async () => {
  const [fresh, old] = [await ended(29), await ended(31)];
  const sql = "select due_at, last_done_at from chores where name = 'delete_old_logs'";
  const done = async () => (await registry.query(sql))[0];
  const doneAt = async () => Number((await done())?.["last_done_at"] ?? 0);
  const first = await until(doneAt);
  await registry.query("update chores set due_at = now() where name = 'delete_old_logs'");
  await until(async () => (await doneAt()) > first);
  expect(await lines(fresh)).toEqual([1]);
  expect(await lines(old)).toEqual([0]);
  const { jobs } = await must(registry.calls.getExecution({ params: { execution_id: old } }));
  expect(jobs).toMatchObject([{ name: "Execute", conclusion: "success" }]);
  expect(Number((await done())?.["due_at"])).toBeGreaterThan(Date.now() + 3_000_000);
});

/** Makes a chore due and waits until it was done once more. */
async function doAgain(name: string): Promise<void> {
  const doneAt = async () =>
    Number((await registry.query("select last_done_at from chores where name = $1", [name]))[0]?.["last_done_at"] ?? 0);
  const first = await until(doneAt);
  await registry.query("update chores set due_at = now() where name = $1", [name]);
  await until(async () => (await doneAt()) > first);
}

const accept = (guid: string) =>
  must(
    registry.calls.acceptWebhook({
      headers: { "x-github-event": "push", "x-github-delivery": guid },
      body: new TextEncoder().encode(JSON.stringify({ guid })),
    }),
  );

it("deletes deliveries that were read long ago, keeps those that failed longer, and what waits", async () => {
  for (const [guid, status, days] of [
    ["read", "processed", 11],
    ["ignored", "ignored", 11],
    ["fresh", "processed", 9],
    ["failed", "failed", 19],
    ["given up", "failed", 21],
    ["waiting", "received", 21],
  ] as const) {
    await accept(guid);
    const sql =
      "update deliveries set status = $2::text, received_at = now() - $3 * interval '1 day', due_at = null where guid = $1";
    await registry.query(
      status === "received" ? sql.replace("status = $2::text,", "reason = nullif($2::text, $2::text),") : sql,
      [guid, status, days],
    );
  }
  await doAgain("delete_old_deliveries");
  const left = await registry.query("select guid from deliveries order by id");
  expect(left.map(({ guid }) => guid)).toEqual(["fresh", "failed", "waiting"]);
});

it("forgets idempotency keys after their time", async () => {
  const body = { actor: "ada", inputs: { host: "a" }, idempotency_key: "k1" };
  const ask = async () =>
    (await must(registry.calls.executeSkill({ params: { name: "logged" }, body }))).execution.execution_id;
  const first = await ask();
  expect(await ask()).toBe(first);
  await registry.query("update idempotency_keys set created_at = now() - interval '6 days' where key = 'k1'");
  await doAgain("delete_old_keys");
  expect(await ask()).not.toBe(first);
});

it("owes workers their chores again and again until one is reported, and then not before their time", async () => {
  const row = async () =>
    (await registry.query("select version, due_at, failure, result from chores where name = 'check_drift'"))[0]!;
  await registry.query("update chores set due_at = now() where name = 'check_drift'");
  const moved = await until(async () => {
    const chore = await row();
    return Number(chore["due_at"]) > Date.now() + 30_000 && chore;
  });
  expect(Number(moved["due_at"])).toBeLessThan(Date.now() + 61_000);

  const params = { name: "check_drift" } as const;
  const { version, skill_files } = await must(registry.calls.choreWork({ params }));
  expect(skill_files).toEqual([".github/workflows/skill-logged.yml"]);
  const report = (outcome: ChoreOutcome, of = version) =>
    must(registry.calls.reportChore({ params, body: { version: of, outcome } }));
  const late = { type: "postponed", detail: "GitHub is down", wait_ms: 5_000 } as const;
  expect(await report(late)).toMatchObject({ applied: true });
  expect(await row()).toMatchObject({ version: version + 1, failure: "GitHub is down" });
  expect(await report(late)).toMatchObject({ applied: false });

  const done = { type: "done", facts: [], result: { skill_files: 1 } } as const;
  expect(await report({ ...done, facts: [] }, version + 1)).toMatchObject({ applied: true });
  const after = await row();
  expect(after).toMatchObject({ failure: null, result: { skill_files: 1 } });
  expect(Number(after["due_at"])).toBeGreaterThan(Date.now() + 500_000);
});

it("drifts a skill whose file is another, once, and restores it when the file is back", async () => {
  const params = { name: "check_drift" } as const;
  const seen = async (blob_sha: string | null) => {
    const { version } = await must(registry.calls.choreWork({ params }));
    const fact = { type: "skill_file_seen", path: ".github/workflows/skill-logged.yml", blob_sha } as const;
    const outcome = { type: "done", facts: [fact], result: {} } as const;
    await must(registry.calls.reportChore({ params, body: { version, outcome: { ...outcome, facts: [fact] } } }));
    const skill = await must(registry.calls.getSkill({ params: { id: "logged" } }));
    const events = await registry.query(
      "select action from audit_events where kind = 'skill' and action in ('drifted', 'restored') order by id",
    );
    return [skill.status, ...events.map(({ action }) => action)];
  };
  expect(await seen(blob)).toEqual(["active"]);
  expect(await seen("d".repeat(40))).toEqual(["drifted", "drifted"]);
  expect(await seen(null)).toEqual(["drifted", "drifted"]);
  const refused = await registry.calls.executeSkill({
    params: { name: "logged" },
    body: { actor: "ada", inputs: { host: "a" } },
  });
  expect(refused).toMatchObject({ ok: false, status: 409 });
  expect(await seen(blob)).toEqual(["active", "drifted", "restored"]);
});

it("tells how the rows stand", async () => {
  const params = { name: "read_rate_limit" } as const;
  expect(await must(registry.calls.ops({}))).toMatchObject({ github_rate_limit: null });
  const { version } = await must(registry.calls.choreWork({ params }));
  const result = { limit: 5_000, remaining: 4_711, reset_at: "2026-11-25T13:00:00.000Z" };
  await must(registry.calls.reportChore({ params, body: { version, outcome: { type: "done", facts: [], result } } }));
  const ops = await must(registry.calls.ops({}));
  expect(ops).toMatchObject({
    github_rate_limit: { ...result, seen_at: expect.any(String) },
    deliveries: { failed: 1 },
    last_webhook_at: expect.any(String),
  });
  expect(ops.chores.map(({ name }) => name)).toEqual(expect.arrayContaining(["check_drift", "delete_old_logs"]));
});
