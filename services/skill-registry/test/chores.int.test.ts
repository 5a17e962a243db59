import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activate, must, type Registry, run, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry({ sweep_every_ms: 20, variables: { LOG_RETENTION_DAYS: "30" } });
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
  const done = async () => (await registry.query("select due_at, last_done_at from chores"))[0];
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
