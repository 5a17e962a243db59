import { randomUUID } from "node:crypto";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  activate,
  breakUpdates,
  claimsOf,
  commit,
  must,
  overtaking,
  type Registry,
  run,
  someoneWaitsIn,
  startRegistry,
} from "./registry.ts";

const name = "cleanup";
let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  await activate(registry, name);
});
afterAll(() => registry.stop());

async function execute(inputs: Record<string, unknown> = { host: "web-1" }): Promise<string> {
  const { execution } = await must(registry.calls.executeSkill({ params: { name }, body: { actor: "ada", inputs } }));
  return execution.execution_id;
}

async function report(execution_id: string, event: ExecutionEvent, version?: number) {
  const work = await must(registry.calls.executionWork({ params: { execution_id } }));
  return must(
    registry.calls.reportExecution({ params: { execution_id }, body: { version: version ?? work.version, event } }),
  );
}

/** An execution whose run 42 has claimed it. */
async function running(): Promise<string> {
  const execution_id = await execute();
  await report(execution_id, { type: "dispatch_started" });
  await report(execution_id, { type: "dispatched", run_id: 42, run_url: "https://github.test/runs/42" });
  await must(registry.calls.claimExecution({ params: { execution_id }, body: { claims: claimsOf(name) } }));
  return execution_id;
}

const read = (execution_id: string) => must(registry.calls.getExecution({ params: { execution_id } }));
const success = { status: "success", outputs: { freed: "12" }, logs_url: "https://github.test/runs/42" } as const;

async function callback(
  execution_id: string,
  change: Parameters<typeof claimsOf>[1] = {},
  report: typeof success | { status: "failure"; outputs: object; logs_url: string } = success,
) {
  return registry.calls.acceptCallback({
    params: { execution_id },
    body: { claims: claimsOf(name, change), report } as never,
  });
}

describe("an execution", () => {
  it("is queued with its defaults and owes its dispatch", async () => {
    const { execution, jobs } = await must(
      registry.calls.executeSkill({ params: { name }, body: { actor: "ada", inputs: { host: "web-1" } } }),
    );
    expect(execution).toMatchObject({
      status: "queued",
      skill_name: name,
      revision: 1,
      commit_hash: commit,
      inputs: { host: "web-1" },
      requested_by: "ada",
    });
    expect(jobs).toMatchObject([{ queue: "dispatch", payload: { id: execution.execution_id, version: 0 } }]);
  });

  it("is refused with a pointer when an input misses the schema, and nothing is made", async () => {
    const before = await registry.query("select count(*)::int as n from skill_executions");
    const refused = await registry.calls.executeSkill({
      params: { name },
      body: { actor: "ada", inputs: { hots: 1 } },
    });
    expect(refused).toMatchObject({
      ok: false,
      status: 422,
      problem: { errors: expect.arrayContaining([{ pointer: "/inputs/host", detail: expect.any(String) }]) },
    });
    expect(await registry.query("select count(*)::int as n from skill_executions")).toEqual(before);
  });

  it("is refused when its skill is archived after it was read, and nothing is made", async () => {
    await activate(registry, "overtaken");
    const other = await registry.connect();
    await other.query("begin; lock table skill_executions in share mode");
    const asking = registry.calls.executeSkill({
      params: { name: "overtaken" },
      body: { actor: "ada", inputs: { host: "web-1" } },
    });
    await someoneWaitsIn(registry);
    await other.query(
      "update skill_revisions set status = 'archived' where skill_id = (select id from skills where name = 'overtaken')",
    );
    await other.query("update skills set status = 'archived' where name = 'overtaken'");
    await other.query("commit");
    other.release();
    expect(await asking).toMatchObject({
      ok: false,
      status: 409,
      problem: { detail: expect.stringContaining("archived") },
    });
    expect(await registry.query("select from skill_executions where skill_name = 'overtaken'")).toEqual([]);
  });

  it("is made once per id that whoever asks has drawn, and owes its dispatch again", async () => {
    const ask = (id: string) =>
      must(registry.calls.executeSkill({ params: { name }, body: { id, actor: "ada", inputs: { host: "web-1" } } }));
    const id = randomUUID();
    const [first, again] = [await ask(id), await ask(id)];
    expect(first.execution.execution_id).toBe(id);
    expect(again).toEqual(first);
    expect((await ask(randomUUID())).execution.execution_id).not.toBe(id);
  });

  it("is made once per idempotency key, also by two requests at once, and refused with another body", async () => {
    const ask = (host: string) =>
      registry.calls.executeSkill({
        params: { name },
        body: { actor: "ada", inputs: { host }, idempotency_key: "once" },
      });
    const [first, second] = await Promise.all([must(ask("web-1")), must(ask("web-1"))]);
    expect(first.execution.execution_id).toBe(second.execution.execution_id);
    expect(first.jobs.length + second.jobs.length).toBe(1);
    expect((await ask("web-2")).status).toBe(409);
    const { execution_id } = first.execution;
    await must(registry.calls.cancelExecution({ params: { execution_id }, body: { actor: "bob" } }));
    const again = await must(ask("web-1"));
    expect(JSON.stringify(again.execution)).toBe(JSON.stringify(first.execution));
    expect(second.execution).toEqual(first.execution);
  });

  it("of an unknown skill is not found", async () => {
    expect(
      (await registry.calls.executeSkill({ params: { name: "nobody" }, body: { actor: "ada", inputs: {} } })).status,
    ).toBe(404);
  });

  it("goes from request to result by claim and callback, with its outputs typed by the schema", async () => {
    const execution_id = await running();
    const accepted = await must(callback(execution_id));
    expect(accepted.jobs).toEqual([]);
    const { logs_owed, due_in_s } = (
      await registry.query(
        "select logs_owed, extract(epoch from due_at - completed_at)::float8 as due_in_s from skill_executions where execution_id = $1",
        [execution_id],
      )
    )[0] as { logs_owed: boolean; due_in_s: number };
    expect({ logs_owed, due_in_s: Math.round(due_in_s) }).toEqual({ logs_owed: true, due_in_s: 2 });
    const ended = await read(execution_id);
    expect(ended).toMatchObject({
      status: "succeeded",
      outputs: { freed: 12 },
      github_run_id: 42,
      failure: null,
      run_url: "https://github.test/runs/42",
    });
    expect(ended.events.map(({ action }) => action)).toEqual([
      "requested",
      "dispatch_started",
      "dispatched",
      "claimed",
      "run_succeeded",
    ]);
  });

  it("keeps no output that looks like a credential, and says so", async () => {
    const execution_id = await running();
    const token = `ghs_${"a1".repeat(18)}`;
    const outputs = { freed: "12", url: `https://x:${token}@github.test/`, more: JSON.stringify({ token }) };
    await must(callback(execution_id, {}, { ...success, outputs } as never));
    const detail = "looks like a credential, which infraskill does not keep";
    expect(await read(execution_id)).toMatchObject({
      status: "succeeded",
      outputs: { freed: 12, url: "https://x:[redacted]@github.test/", more: '{"token":"[redacted]"}' },
      output_errors: [
        { pointer: "/outputs/url", detail },
        { pointer: "/outputs/more", detail },
      ],
    });
    const kept = await registry.query(
      "select convert_from(body, 'UTF8') as body from deliveries where execution_id = $1",
      [execution_id],
    );
    expect(JSON.stringify(kept)).toContain("[redacted]");
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it("accepts the same report again and changes nothing", async () => {
    const execution_id = await running();
    await must(callback(execution_id));
    const before = await read(execution_id);
    expect((await must(callback(execution_id))).jobs).toEqual([]);
    expect(await read(execution_id)).toEqual(before);
  });

  it("fails with the failing step when the log tells it", async () => {
    const execution_id = await running();
    await must(callback(execution_id, {}, { status: "failure", outputs: {}, logs_url: "https://github.test/runs/42" }));
    expect(await read(execution_id)).toMatchObject({ status: "failed", failure: { code: "step_failed" } });
    const job = {
      job_id: 9,
      attempt: 1,
      name: "execute",
      status: "completed",
      conclusion: "failure",
      started_at: null,
      completed_at: null,
      steps: [],
      log: "one\ntwo\n",
    };
    await report(execution_id, {
      type: "logs_collected",
      jobs: [job],
      failing_step: "execute › Clean up: exit code 3",
    });
    expect(await read(execution_id)).toMatchObject({
      failure: { code: "step_failed", detail: "execute › Clean up: exit code 3" },
      jobs: [{ job_id: 9 }],
    });
    const logs = await must(registry.calls.getExecutionLogs({ params: { execution_id }, query: { after: 1 } }));
    expect(logs).toEqual({
      complete: true,
      jobs: [{ job_id: 9, name: "execute", conclusion: "failure", lines: [{ line: 2, text: "two" }] }],
    });
  });

  it("takes GitHub's conclusion when no callback came", async () => {
    const execution_id = await running();
    const applied = await report(execution_id, {
      type: "run_observed",
      run: run(execution_id, { status: "completed", conclusion: "success" }),
    });
    expect(applied).toMatchObject({ applied: true, status: "succeeded", jobs: [{ queue: "logs" }] });
  });

  it("fails when GitHub ran another commit than the approved one", async () => {
    const execution_id = await running();
    await report(execution_id, { type: "run_observed", run: run(execution_id, { head_sha: "d".repeat(40) }) });
    expect(await read(execution_id)).toMatchObject({ status: "failed", failure: { code: "wrong_commit" } });
  });

  it("never leaves a final state", async () => {
    const execution_id = await running();
    await report(execution_id, {
      type: "run_observed",
      run: run(execution_id, { status: "completed", conclusion: "success" }),
    });
    const late = await report(execution_id, {
      type: "run_observed",
      run: run(execution_id, { status: "completed", conclusion: "failure" }),
    });
    expect(late.status).toBe("succeeded");
    expect(
      (await callback(execution_id, {}, { status: "failure", outputs: {}, logs_url: "https://github.test/runs/42" }))
        .status,
    ).toBe(409);
    await expect(
      registry.query("update skill_executions set status = 'running' where execution_id = $1", [execution_id]),
    ).rejects.toThrow("no way from succeeded");
  });

  it("is taken by one executor only, of those that ask for it at the version they know", async () => {
    const execution_id = await execute();
    const begin = (version: number) =>
      must(registry.calls.beginDispatch({ params: { execution_id }, body: { version } }));
    expect(await begin(7)).toMatchObject({ begun: false, work: { status: "queued", version: 0 } });
    const taken = await Promise.all([begin(0), begin(0), begin(0)]);
    expect(taken.filter(({ begun }) => begun)).toMatchObject([
      { work: { status: "dispatching", version: 1, dispatch_attempts: 1, inputs: { host: "web-1" } } },
    ]);
    const work = await must(registry.calls.executionWork({ params: { execution_id } }));
    expect(taken.find(({ begun }) => begun)?.work).toEqual({ ...work, now: expect.any(String) });
    expect(await begin(1)).toMatchObject({ begun: false, work: { status: "dispatching", version: 1 } });
    const { events } = await read(execution_id);
    expect(events.map(({ action }) => action)).toEqual(["requested", "dispatch_started"]);
  });

  it("is taken by nobody once it is cancelled", async () => {
    const execution_id = await execute();
    await must(registry.calls.cancelExecution({ params: { execution_id }, body: { actor: "bob" } }));
    for (const version of [0, 1])
      expect(await must(registry.calls.beginDispatch({ params: { execution_id }, body: { version } }))).toMatchObject({
        begun: false,
        work: { status: "cancelling" },
      });
    const missing = registry.calls.beginDispatch({
      params: { execution_id: crypto.randomUUID() },
      body: { version: 0 },
    });
    expect((await missing).status).toBe(404);
  });

  it("is as Postgres has it, whatever this registry saw of it a moment ago", async () => {
    const cancelElsewhere = (execution_id: string) =>
      registry.query(
        `update skill_executions set status = 'cancelling', cancel_reason = 'requested', version = version + 1,
           deadline_at = now() + interval '1 minute' where execution_id = $1`,
        [execution_id],
      );
    const [unclaimed, claimed] = [await execute(), await execute()];
    for (const execution_id of [unclaimed, claimed])
      await must(registry.calls.beginDispatch({ params: { execution_id }, body: { version: 0 } }));
    const claim = (execution_id: string) =>
      registry.calls.claimExecution({ params: { execution_id }, body: { claims: claimsOf(name) } });
    await must(claim(claimed));
    await cancelElsewhere(unclaimed);
    await cancelElsewhere(claimed);

    expect((await claim(unclaimed)).status).toBe(409);
    expect((await claim(claimed)).status).toBe(409);
    const dispatched = { type: "dispatched", run_id: 42, run_url: "https://github.test/runs/42" } as const;
    expect(await report(unclaimed, dispatched)).toMatchObject({ applied: true, status: "cancelling" });
  });

  it("waits out a limit: no earlier than GitHub asked", async () => {
    const execution_id = await execute();
    await report(execution_id, { type: "dispatch_started" });
    const applied = await report(execution_id, {
      type: "dispatch_postponed",
      detail: "secondary rate limit",
      wait_ms: 60_000,
    });
    expect(applied).toMatchObject({ applied: true, status: "queued", jobs: [] });
    const [row] = await registry.query(
      "select extract(epoch from due_at - now())::float as wait from skill_executions where execution_id = $1",
      [execution_id],
    );
    expect(row?.["wait"]).toBeGreaterThan(55);
  });

  it("is cancelled; what was never sent never ran", async () => {
    const execution_id = await execute();
    const { execution, jobs } = await must(
      registry.calls.cancelExecution({ params: { execution_id }, body: { actor: "bob" } }),
    );
    expect(execution.status).toBe("cancelling");
    expect(jobs).toMatchObject([{ queue: "cancel" }]);
    expect(await report(execution_id, { type: "never_ran" })).toMatchObject({ status: "cancelled" });
    expect((await registry.calls.cancelExecution({ params: { execution_id }, body: { actor: "bob" } })).status).toBe(
      409,
    );
  });

  it("is cancelled when its run asked to act only after the cancel, was refused, and failed for it", async () => {
    const execution_id = await execute();
    await must(registry.calls.beginDispatch({ params: { execution_id }, body: { version: 0 } }));
    await report(execution_id, { type: "dispatched", run_id: 42, run_url: "https://github.test/runs/42" });
    await must(registry.calls.cancelExecution({ params: { execution_id }, body: { actor: "bob" } }));
    const ended = run(execution_id, { status: "completed", conclusion: "failure" });
    expect(await report(execution_id, { type: "run_observed", run: ended })).toMatchObject({ status: "cancelled" });
    expect(await report(execution_id, { type: "run_observed", run: ended })).toMatchObject({ applied: false });
  });

  it("runs again with changed inputs", async () => {
    const execution_id = await execute({ host: "web-1" });
    const { execution } = await must(
      registry.calls.rerunExecution({ params: { execution_id }, body: { actor: "bob", inputs: { host: "web-2" } } }),
    );
    expect(execution).toMatchObject({ status: "queued", inputs: { host: "web-2" }, requested_by: "bob" });
    expect(execution.execution_id).not.toBe(execution_id);
    expect((await read(execution.execution_id)).events[0]).toMatchObject({
      action: "requested",
      actor: "bob",
      detail: { rerun_of: execution_id },
    });
  });

  it("runs again without the inputs that the skill has lost meanwhile", async () => {
    const execution_id = await execute({ host: "web-1" });
    await registry.query("update skill_executions set inputs = $2 where execution_id = $1", [
      execution_id,
      JSON.stringify({ host: "web-1", lost: "x" }),
    ]);
    const { execution } = await must(
      registry.calls.rerunExecution({ params: { execution_id }, body: { actor: "bob" } }),
    );
    expect(execution.inputs).toEqual({ host: "web-1" });
    const asked_for = { actor: "bob", inputs: { lost: "y" } };
    expect(await registry.calls.rerunExecution({ params: { execution_id }, body: asked_for })).toMatchObject({
      ok: false,
      status: 422,
    });
  });

  it("tells the newest part of a history that nobody could read whole", async () => {
    const execution_id = await execute({ host: "web-1" });
    await registry.query(
      `insert into audit_events (actor, kind, object_id, action, from_status, to_status, version, live_status)
       select 'infraskill', 'execution', $1, 'looked ' || n, 'queued', 'queued', 0, 'queued' from generate_series(1, 1500) as n`,
      [execution_id],
    );
    const { events } = await read(execution_id);
    expect(events).toHaveLength(1_000);
    expect(events.at(-1)).toMatchObject({ action: "looked 1500" });
  });
});

describe("outputs", () => {
  it.each([
    ["miss the schema", { freed: "much" }, { freed: "much" }, "must be a whole number"],
    ["are too large", { freed: "x".repeat(70_000) }, {}, "was left out"],
  ])("that %s are told, and the result stands", async (_what, outputs, kept, words) => {
    const execution_id = await running();
    await must(callback(execution_id, {}, { ...success, outputs } as never));
    const ended = await read(execution_id);
    expect(ended).toMatchObject({ status: "succeeded", outputs: kept, failure: null });
    expect(ended.output_errors).toEqual([{ pointer: "/outputs/freed", detail: expect.stringContaining(words) }]);
    expect(ended.events.at(-1)).toMatchObject({ action: "run_succeeded", detail: { output_errors: 1 } });
  });
});

describe("what GitHub says of a run", () => {
  const ended = (execution_id: string, change: Parameters<typeof run>[1] = {}) =>
    run(execution_id, { status: "completed", conclusion: "success", ...change });
  const observe = (execution_id: string, change: Parameters<typeof run>[1], extra: object = {}) =>
    report(execution_id, { type: "run_observed", run: ended(execution_id, change), ...extra });

  it.each([
    ["startup_failure", {}, "failed", "startup_failure"],
    ["timed_out", {}, "timed_out", "run_timed_out"],
    ["cancelled", { cancel_cause: "person" }, "cancelled", "run_cancelled"],
    ["cancelled", { cancel_cause: "time_limit" }, "timed_out", "run_timed_out"],
    ["stale", {}, "failed", "step_failed"],
  ] as const)("%s %o ends it as %s", async (conclusion, extra, status, code) => {
    const execution_id = await running();
    await observe(execution_id, { conclusion }, extra);
    expect(await read(execution_id)).toMatchObject({ status, failure: { code } });
  });

  it("of a cancel that nobody here asked for is looked into first: it may have taken too long", async () => {
    const execution_id = await running();
    const asked = await observe(execution_id, { conclusion: "cancelled" });
    expect(asked).toMatchObject({ applied: true, status: "running", jobs: [{ queue: "reconcile" }] });
    const told = { status: "cancelled", outputs: { freed: "1" }, logs_url: "https://github.test/runs/42" };
    await must(callback(execution_id, {}, told as never));
    expect(await read(execution_id)).toMatchObject({ status: "running", outputs: { freed: 1 } });
    await observe(execution_id, { conclusion: "cancelled" }, { cancel_cause: "time_limit" });
    expect(await read(execution_id)).toMatchObject({ status: "timed_out", outputs: { freed: 1 } });
    expect((await observe(execution_id, { conclusion: "cancelled" })).applied).toBe(false);
  });

  it("after the end is noted as a later attempt, with its jobs, and changes nothing", async () => {
    const execution_id = await running();
    await observe(execution_id, { conclusion: "failure" }, { failing_step: "Execute: Do it" });
    await report(execution_id, { type: "logs_collected", jobs: [], failing_step: "Execute: Do it" });
    const before = await read(execution_id);
    const again = { run_attempt: 2, status: "in_progress", conclusion: null };
    expect(await observe(execution_id, again)).toMatchObject({ applied: true, status: "failed", jobs: [] });
    expect((await observe(execution_id, again)).applied).toBe(false);
    const over = await observe(execution_id, { run_attempt: 2 });
    expect(over).toMatchObject({ applied: true, status: "failed", jobs: [{ queue: "logs" }] });
    expect((await observe(execution_id, { run_attempt: 2 })).applied).toBe(false);
    const job = { job_id: 77, attempt: 2, name: "Execute", status: "completed", conclusion: "success" };
    const times = { started_at: null, completed_at: null, steps: [], log: "again\n" };
    await report(execution_id, { type: "logs_collected", jobs: [{ ...job, ...times }], failing_step: "Other: Step" });
    const { events, jobs, ...after } = await read(execution_id);
    expect(after).toEqual({ ...before, events: undefined, jobs: undefined });
    expect(jobs).toMatchObject([{ job_id: 77, attempt: 2 }]);
    expect(events.slice(-3)).toMatchObject([
      { action: "rerun_observed", detail: { run_attempt: 2, status: "in_progress" } },
      { action: "rerun_observed", detail: { run_attempt: 2, conclusion: "success" } },
      { action: "logs_collected" },
    ]);
  });

  it("about a later attempt waits until the one that may act has ended", async () => {
    const execution_id = await running();
    expect((await observe(execution_id, { run_attempt: 2, conclusion: "failure" })).applied).toBe(false);
    await observe(execution_id, {});
    expect(await read(execution_id)).toMatchObject({ status: "succeeded" });
  });

  it("against the end it has come to is noted once", async () => {
    const execution_id = await running();
    await must(callback(execution_id));
    expect((await observe(execution_id, { conclusion: "success" })).applied).toBe(false);
    expect((await observe(execution_id, { conclusion: "failure" })).applied).toBe(true);
    expect((await observe(execution_id, { conclusion: "failure" })).applied).toBe(false);
    const { status, events } = await read(execution_id);
    expect(status).toBe("succeeded");
    expect(events.at(-1)).toMatchObject({ action: "contradicted", detail: { conclusion: "failure" } });
  });
});

describe("a claim", () => {
  const claim = (execution_id: string, change: Parameters<typeof claimsOf>[1] = {}) =>
    registry.calls.claimExecution({ params: { execution_id }, body: { claims: claimsOf(name, change) } });

  it("goes to exactly one run, again and again", async () => {
    const execution_id = await execute();
    await report(execution_id, { type: "dispatch_started" });
    const answers = await Promise.all(["1", "2", "3", "4"].map((run_id) => claim(execution_id, { run_id })));
    const winners = answers.flatMap((answer, index) => (answer.ok ? [String(index + 1)] : []));
    expect(winners).toHaveLength(1);
    expect((await claim(execution_id, { run_id: winners[0] ?? "" })).status).toBe(200);
    expect(await read(execution_id)).toMatchObject({ status: "running", github_run_id: Number(winners[0]) });
  });

  it("is refused to a foreign proof, to what was not dispatched, and to what is cancelled or over", async () => {
    const execution_id = await execute();
    expect((await claim(execution_id)).status).toBe(409);
    await report(execution_id, { type: "dispatch_started" });
    expect((await claim(execution_id, { sha: "d".repeat(40) })).status).toBe(401);
    expect((await claim(execution_id, { repository: "evil/skills" })).status).toBe(401);
    expect((await claim(execution_id, { repository_id: "2" })).status).toBe(401);
    await must(registry.calls.cancelExecution({ params: { execution_id }, body: { actor: "bob" } }));
    expect((await claim(execution_id)).status).toBe(409);
    expect((await claim(crypto.randomUUID())).status).toBe(404);
  });
});

describe("a callback", () => {
  it("is applied in the transaction that keeps it, once however often and at once it comes", async () => {
    const execution_id = await running();
    const answers = await Promise.all([1, 2, 3].map(() => must(callback(execution_id))));
    expect(answers.flatMap(({ jobs }) => jobs)).toEqual([]);
    const { status, events } = await read(execution_id);
    expect([status, events.filter(({ action }) => action === "run_succeeded").length]).toEqual(["succeeded", 1]);
    const kept = "select status, due_at, processed_at is not null as done from deliveries where execution_id = $1";
    expect(await registry.query(kept, [execution_id])).toEqual([{ status: "processed", due_at: null, done: true }]);
  });

  it("that another attempt's claim overtakes is refused, and leaves no row", async () => {
    const execution_id = await running();
    const text = "update skill_executions set claimed_attempt = 2, version = version + 1 where execution_id = $1";
    const refused = await overtaking(registry, { text, values: [execution_id] }, () => callback(execution_id));
    expect(refused.status).toBe(409);
    expect(await read(execution_id)).toMatchObject({ status: "running", outputs: null });
    expect(await registry.query("select 1 from deliveries where execution_id = $1", [execution_id])).toEqual([]);
  });

  it("that cannot be applied is accepted all the same, and owed", async () => {
    const execution_id = await running();
    const repair = await breakUpdates(registry, execution_id);
    const { jobs } = await must(callback(execution_id));
    expect(jobs).toMatchObject([{ queue: "callbacks" }]);
    expect((await must(callback(execution_id))).jobs).toEqual([]);
    expect(await read(execution_id)).toMatchObject({ status: "running" });
    await repair();
    const { id, version } = jobs[0]?.payload ?? { id: "", version: 0 };
    const body = { version, outcome: { type: "processed" as const, facts: [] } };
    await must(registry.calls.reportDelivery({ params: { id: Number(id) }, body }));
    expect(await read(execution_id)).toMatchObject({ status: "succeeded", outputs: { freed: 12 } });
  });

  it("of another run contradicts, with a foreign proof is refused, and leaves no row", async () => {
    const execution_id = await running();
    expect((await callback(execution_id, { run_id: "43" })).status).toBe(409);
    expect((await callback(execution_id, { repository: "evil/skills" })).status).toBe(401);
    expect(await registry.query("select 1 from deliveries where execution_id = $1", [execution_id])).toEqual([]);
  });

  it("that contradicts the end is refused, stands in the history once, and is counted", async () => {
    const execution_id = await running();
    await must(callback(execution_id));
    const against = { status: "failure", outputs: {}, logs_url: "https://github.test/runs/42" } as const;
    expect((await callback(execution_id, {}, against)).status).toBe(409);
    expect((await callback(execution_id, {}, against)).status).toBe(409);
    expect((await callback(execution_id, { run_attempt: "2" })).status).toBe(409);
    const { events, status } = await read(execution_id);
    expect(status).toBe("succeeded");
    expect(events.filter(({ action }) => action === "callback_refused")).toMatchObject([
      {
        actor: "run 42",
        detail: { run_attempt: 1, status: "failure", reason: "The execution has ended as succeeded." },
      },
      { actor: "run 42", detail: { run_attempt: 2, reason: "Attempt 1 of the run has this execution." } },
    ]);
    const metrics = await (await fetch(`${registry.url}/metrics`)).text();
    const count = (outcome: string) =>
      Number(new RegExp(`callbacks_total\\{outcome="${outcome}"[^}]*\\} (\\d+)`).exec(metrics)?.[1]);
    expect(count("accepted")).toBeGreaterThan(0);
    expect(count("contradicts_run")).toBeGreaterThanOrEqual(3);
  });
});
