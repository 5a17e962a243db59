import { type QueueName, queues } from "@infraskill/contracts/queues";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher } from "@infraskill/platform/queue";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { activate, must, type Registry, skillText, startRegistry } from "./registry.ts";

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
