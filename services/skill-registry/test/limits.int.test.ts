import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activateNewest, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry({ sweep_every_ms: 50 });
  await limited(registry, "per-host", { group: "${{ inputs.host }}", limit: 1 });
  await limited(registry, "per-skill", { limit: 2 });
});
afterAll(() => registry.stop());

async function limited(
  { calls, query }: Registry,
  name: string,
  concurrency: { group?: string; limit: number } | null,
) {
  const skill = skillText(name, { concurrency });
  await must(calls.createSkill({ body: { actor: "ada", skill } }));
  await activateNewest({ calls, query } as Registry, name);
}

const execute = (name: string, host: string, at = registry) =>
  must(at.calls.executeSkill({ params: { name }, body: { actor: "ada", inputs: { host } } }));

const report = async (
  execution_id: string,
  type: "dispatch_started" | "never_ran" | "run_lost",
  { calls } = registry,
) => {
  const { version } = await must(calls.executionWork({ params: { execution_id } }));
  return must(calls.reportExecution({ params: { execution_id }, body: { version, event: { type } } }));
};

/** Sent, and GitHub lost it: an end. */
async function end(execution_id: string, at = registry) {
  await report(execution_id, "dispatch_started", at);
  return report(execution_id, "run_lost", at);
}

describe("executions above a limit", () => {
  it("wait in the order they came, owing nothing, and get the slot in the transaction that frees it", async () => {
    const [first, second, third] = [
      await execute("per-host", "a"),
      await execute("per-host", "a"),
      await execute("per-host", "a"),
    ];
    const other = await execute("per-host", "b");
    expect([first, second, third, other].map(({ jobs }) => jobs.length)).toEqual([1, 0, 0, 1]);
    expect(second.execution.status).toBe("queued");
    expect(await report(second.execution.execution_id, "dispatch_started")).toMatchObject({ applied: false });

    const freed = await end(first.execution.execution_id);
    expect(freed.jobs).toMatchObject([{ queue: "dispatch", payload: { id: second.execution.execution_id } }]);
    expect((await end(second.execution.execution_id)).jobs).toMatchObject([
      { payload: { id: third.execution.execution_id } },
    ]);
    expect((await end(third.execution.execution_id)).jobs).toEqual([]);
  });

  it("leave the line when they are cancelled, without having held a slot", async () => {
    const [first, second, third] = [
      await execute("per-host", "c"),
      await execute("per-host", "c"),
      await execute("per-host", "c"),
    ];
    const waiting = second.execution.execution_id;
    await must(registry.calls.cancelExecution({ params: { execution_id: waiting }, body: { actor: "bob" } }));
    expect((await report(waiting, "never_ran")).jobs).toEqual([]);
    expect((await end(first.execution.execution_id)).jobs).toMatchObject([
      { payload: { id: third.execution.execution_id } },
    ]);
  });

  it("never exceed it, however many come and end at once", async () => {
    const started = await Promise.all(Array.from({ length: 12 }, (_, i) => execute("per-skill", `h${i}`)));
    expect(started.flatMap(({ jobs }) => jobs)).toHaveLength(2);
    const ended: string[] = [];
    let running = started.flatMap(({ jobs }) => jobs.map(({ payload }) => payload.id));
    while (running.length > 0) {
      expect(running.length).toBeLessThanOrEqual(2);
      const answers = await Promise.all(running.map((id) => end(id)));
      ended.push(...running);
      running = answers.flatMap(({ jobs }) => jobs.map(({ payload }) => payload.id));
    }
    expect(new Set(ended).size).toBe(12);
    const [left] = await registry.query(
      "select count(*)::int as n from skill_executions where status = 'queued' and skill_name = 'per-skill'",
    );
    expect(left).toEqual({ n: 0 });
  });

  it("get a slot that freed without anybody saying so", async () => {
    const [first, second] = [await execute("per-host", "d"), await execute("per-host", "d")];
    await registry.query("update skill_executions set status = 'dispatching' where execution_id = $1", [
      first.execution.execution_id,
    ]);
    await registry.query(
      "update skill_executions set status = 'failed', completed_at = now() where execution_id = $1",
      [first.execution.execution_id],
    );
    const given = await until(async () => {
      const work = await must(
        registry.calls.executionWork({ params: { execution_id: second.execution.execution_id } }),
      );
      return work.deadline_at !== null && work;
    });
    expect(given).toMatchObject({ status: "queued", version: 1 });
  });

  it("wait for a run that goes on although nobody waits for its end any more", async () => {
    const first = await execute("per-host", "z");
    const second = await execute("per-host", "z");
    const params = { execution_id: first.execution.execution_id };
    await report(params.execution_id, "dispatch_started");
    const tell = async (event: ExecutionEvent) => {
      const { version } = await must(registry.calls.executionWork({ params }));
      return must(registry.calls.reportExecution({ params, body: { version, event } }));
    };
    await tell({ type: "dispatched", run_id: 9, run_url: "https://github.test/runs/9" });
    await must(registry.calls.cancelExecution({ params, body: { actor: "bob" } }));
    await registry.query("update skill_executions set deadline_at = now() where execution_id = $1", [
      params.execution_id,
    ]);
    await until(async () => (await must(registry.calls.getExecution({ params }))).status === "timed_out");
    expect(
      await must(registry.calls.executionWork({ params: { execution_id: second.execution.execution_id } })),
    ).toMatchObject({ status: "queued", version: 0 });
    expect((await tell({ type: "logs_collected", jobs: [] })).jobs).toMatchObject([
      { queue: "dispatch", payload: { id: second.execution.execution_id } },
    ]);
  });

  it("of a task wait as well", async () => {
    const first = await execute("per-host", "e");
    const task = {
      skills_sequence: ["per-host"],
      step_inputs: [{ host: "e" }],
      inputs: {},
      description: "",
      user_request: "",
    };
    const made = await must(registry.calls.createTask({ body: { actor: "ada", task } }));
    expect(made.jobs).toEqual([]);
    const { jobs } = await end(first.execution.execution_id);
    expect(jobs).toMatchObject([{ payload: { id: made.task.steps[0]?.execution_id } }]);
  });
});

it("an edit keeps the limit unless it says otherwise", async () => {
  await limited(registry, "edited", { limit: 3 });
  const edit = async (change: { concurrency?: { limit: number } | null }) => {
    const skill = skillText("edited", change);
    return (await must(registry.calls.updateSkill({ params: { id: "edited" }, body: { actor: "ada", skill } }))).skill
      .pending_revision?.concurrency;
  };
  expect(await edit({})).toEqual({ limit: 3 });
  expect(await edit({ concurrency: { limit: 4 } })).toEqual({ limit: 4 });
  expect(await edit({ concurrency: null })).toBeNull();
});

it("the repository's limit counts every skill, and groups still count within it", async () => {
  const small = await startRegistry({ variables: { REPOSITORY_LIMIT: "2" } });
  try {
    await limited(small, "free", null);
    await limited(small, "per-host", { group: "${{ inputs.host }}", limit: 1 });
    const first = await execute("free", "x", small);
    const second = await execute("per-host", "a", small);
    const third = await execute("per-host", "a", small);
    const fourth = await execute("free", "y", small);
    expect([first, second, third, fourth].map(({ jobs }) => jobs.length)).toEqual([1, 1, 0, 0]);
    expect((await end(first.execution.execution_id, small)).jobs).toMatchObject([
      { payload: { id: fourth.execution.execution_id } },
    ]);
    expect((await end(second.execution.execution_id, small)).jobs).toMatchObject([
      { payload: { id: third.execution.execution_id } },
    ]);
  } finally {
    await small.stop();
  }
});
