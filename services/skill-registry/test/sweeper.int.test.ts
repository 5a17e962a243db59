import { type QueueName, queues } from "@infraskill/contracts/queues";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher } from "@infraskill/platform/queue";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activate, must, type Registry, run, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry({ time_scale: 0.01, sweep_every_ms: 20 });
});
afterAll(() => registry.stop());

it("publishes what is owed and past due, although nobody published it and Redis is empty", async () => {
  await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("forgotten") } }));
  const publisher = createPublisher<QueueName>({
    redis_url: registry.redis_url,
    policies: queues,
    log: createLogger({ service: "test", level: "silent" }),
  });
  try {
    const published = await until(async () => (await publisher.depths()).validation.waiting >= 2, {
      what: "two publications",
    });
    expect(published).toBe(true);
  } finally {
    await publisher.stop();
  }
});

it("ends an execution GitHub never took", async () => {
  await activate(registry, "late");
  const { execution } = await must(
    registry.calls.executeSkill({ params: { name: "late" }, body: { actor: "ada", inputs: { host: "a" } } }),
  );
  const params = { execution_id: execution.execution_id };
  await registry.query("update skill_executions set deadline_at = now() where execution_id = $1", [
    execution.execution_id,
  ]);
  const ended = await until(async () => {
    const row = await must(registry.calls.getExecution({ params }));
    return row.status === "timed_out" && row;
  });
  expect(ended).toMatchObject({ failure: { code: "deadline_passed" }, completed_at: expect.any(String) });
});

it("looks an unknown dispatch up, and waits for GitHub to take an execution, as long as it was configured to", async () => {
  const hasty = await startRegistry({
    sweep_every_ms: 20,
    variables: { LOOK_UP_FOR_S: "40", DISPATCH_WITHIN_S: "2" },
  });
  try {
    await activate(hasty, "unseen");
    const { execution } = await must(
      hasty.calls.executeSkill({ params: { name: "unseen" }, body: { actor: "ada", inputs: { host: "a" } } }),
    );
    const params = { execution_id: execution.execution_id };
    const begun = await must(hasty.calls.beginDispatch({ params, body: { version: 0 } }));
    const { look_up_until, dispatch_started_at } = begun.work;
    expect(Date.parse(look_up_until ?? "") - Date.parse(dispatch_started_at ?? "")).toBe(40_000);
    const ended = await until(async () => {
      const row = await must(hasty.calls.getExecution({ params }));
      return row.completed_at !== null && row;
    });
    expect(ended).toMatchObject({ status: "timed_out", failure: { code: "deadline_passed" } });
    const waited_ms = Date.parse(ended.completed_at ?? "") - Date.parse(ended.started_at);
    expect(waited_ms).toBeGreaterThanOrEqual(2_000);
    expect(waited_ms).toBeLessThan(6_000);
  } finally {
    await hasty.stop();
  }
});

it("has a run past its deadline cancelled on GitHub, by the times it was configured with", async () => {
  const hasty = await startRegistry({
    sweep_every_ms: 20,
    variables: { FINISH_WITHIN_S: "1", CANCEL_WITHIN_S: "600" },
  });
  try {
    await activate(hasty, "slow");
    const accepted = hasty.calls.executeSkill({
      params: { name: "slow" },
      body: { actor: "ada", inputs: { host: "a" } },
    });
    const { execution_id } = (await must(accepted)).execution;
    const params = { execution_id };
    const report = async (event: ExecutionEvent) => {
      const { version } = await must(hasty.calls.executionWork({ params }));
      return must(hasty.calls.reportExecution({ params, body: { version, event } }));
    };
    await report({ type: "dispatch_started" });
    await report({ type: "dispatched", run_id: 42, run_url: "https://github.test/runs/42" });
    const late = await until(async () => {
      const work = await must(hasty.calls.executionWork({ params }));
      return work.status === "cancelling" && work;
    });
    const waits_ms = Date.parse(late.deadline_at ?? "") - Date.parse(late.now);
    expect(waits_ms).toBeGreaterThan(590_000);
    expect(Date.parse(late.deadline_at ?? "") - Date.parse(late.force_cancel_at ?? "")).toBe(480_000);
    const gone = run(execution_id, { status: "completed", conclusion: "cancelled" });
    await report({ type: "run_observed", run: gone });
    expect(await must(hasty.calls.getExecution({ params }))).toMatchObject({
      status: "timed_out",
      failure: { code: "deadline_passed" },
    });
  } finally {
    await hasty.stop();
  }
});
