import { randomUUID } from "node:crypto";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { type Task, TaskRequest } from "@infraskill/contracts/task";
import type { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  activate,
  activateNewest,
  breakUpdates,
  claimsOf,
  must,
  overtaking,
  type Registry,
  run,
  skillText,
  startRegistry,
} from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  for (const name of ["drain", "upgrade", "verify", "notify"]) await activate(registry, name);
});
afterAll(() => registry.stop());

type Draft = Partial<z.input<typeof TaskRequest>>;
const three = ["drain", "upgrade", "verify"];

function create(draft: Draft = {}, idempotency_key?: string) {
  const { skills_sequence = three } = draft;
  const step_inputs = skills_sequence.map(() => ({ host: "web-1" }));
  const task = { skills_sequence, step_inputs, ...draft } as TaskRequest;
  return registry.calls.createTask({ body: { actor: "ada", idempotency_key, task } });
}
const created = async (draft: Draft = {}) => (await must(create(draft))).task;
const read = (id: string) => must(registry.calls.getTask({ params: { id } }));
const cancel = (id: string) => registry.calls.cancelTask({ params: { id }, body: { actor: "bob" } });
const resume = (id: string, plan_version?: number) =>
  registry.calls.resumeTask({ params: { id }, body: { actor: "bob", plan_version } });
const statuses = (task: Pick<Task, "steps">) => task.steps.map(({ status }) => status);

function runningExecution(task: Pick<Task, "steps">): string {
  const running = task.steps.find(({ status }) => status === "running");
  if (running?.execution_id == null) throw new Error(`no step is running: ${statuses(task).join(" ")}`);
  return running.execution_id;
}

let next_run = 1_000;
/** GitHub has a run for it. */
async function dispatch(execution_id: string): Promise<number> {
  next_run += 1;
  const params = { execution_id };
  const url = `https://github.test/runs/${next_run}`;
  const report = async (event: Parameters<typeof registry.calls.reportExecution>[0]["body"]["event"]) => {
    const { version } = await must(registry.calls.executionWork({ params }));
    return must(registry.calls.reportExecution({ params, body: { version, event } }));
  };
  await report({ type: "dispatch_started" });
  await report({ type: "dispatched", run_id: next_run, run_url: url });
  return next_run;
}

/** Ends the running step as GitHub concludes it. */
async function conclude(
  execution_id: string,
  run_id: number,
  conclusion: "success" | "failure" | "cancelled" | "timed_out",
) {
  const event = {
    type: "run_observed",
    cancel_cause: "person",
    run: run(execution_id, { run_id, status: "completed", conclusion }),
  } as const;
  return must(registry.calls.reportExecution({ params: { execution_id }, body: { version: 0, event } }));
}

async function endStep(id: string, conclusion: "success" | "failure" | "cancelled" | "timed_out" = "success") {
  const execution_id = runningExecution(await read(id));
  return conclude(execution_id, await dispatch(execution_id), conclusion);
}

/** Ends the running step by its callback, with outputs. */
async function report(id: string, outputs: Record<string, unknown>) {
  const task = await read(id);
  const execution_id = runningExecution(task);
  const name = task.steps.find((step) => step.execution_id === execution_id)?.skill_name ?? "";
  return callBack(execution_id, { name, run_id: await dispatch(execution_id), outputs });
}

type Reported = { name: string; run_id: number; outputs: Record<string, unknown> };

function callBack(execution_id: string, { name, run_id, outputs }: Reported) {
  return must(
    registry.calls.acceptCallback({
      params: { execution_id },
      body: {
        claims: claimsOf(name, { run_id: String(run_id) }),
        report: { status: "success", outputs, logs_url: "https://github.test/runs/1" },
      },
    }),
  );
}

describe("a task", () => {
  it("is accepted with its first step queued and the others pending, all pinned", async () => {
    const { task, jobs } = await must(create({ description: "upgrade web-1", user_request: "please" }));
    expect(task).toMatchObject({
      status: "running",
      description: "upgrade web-1",
      skills_sequence: three,
      current_skill_index: 0,
      requested_by: "ada",
      failure: null,
      completed_at: null,
    });
    expect(statuses(task)).toEqual(["running", "pending", "pending"]);
    expect(task.steps.map(({ revision }) => revision)).toEqual([1, 1, 1]);
    expect(jobs).toMatchObject([{ queue: "dispatch", payload: { id: task.steps[0]?.execution_id } }]);
    const { items } = await must(registry.calls.listExecutions({ query: { task_id: task.id } }));
    expect(items).toMatchObject([{ skill_name: "drain", status: "queued", inputs: { host: "web-1" } }]);
  });

  it("carries its skills out in order, each once, and hands outputs on with their types", async () => {
    const task = await created({
      inputs: { host: "db-7" },
      step_inputs: [
        { host: "${{ task.inputs.host }}" },
        { host: "${{ task.inputs.host }} freed ${{ steps.0.outputs.freed }}" },
        { host: "${{ toJSON(steps.0.outputs.freed == 12) }}" },
      ],
    });
    const { jobs } = await report(task.id, { freed: "12" });
    expect(jobs.map(({ queue }) => queue)).toEqual(["dispatch"]);
    expect(await read(task.id)).toMatchObject({
      current_skill_index: 1,
      steps: [
        { status: "succeeded", inputs: { host: "db-7" }, outputs: { freed: 12 } },
        { status: "running", inputs: { host: "db-7 freed 12" } },
        { status: "pending" },
      ],
    });
    await endStep(task.id);
    expect((await read(task.id)).steps[2]).toMatchObject({ status: "running", inputs: { host: "true" } });
    await endStep(task.id);
    const ended = await read(task.id);
    expect(ended).toMatchObject({ status: "succeeded", failure: null, completed_at: expect.any(String) });
    expect(statuses(ended)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(ended.events.map(({ action }) => action)).toEqual([
      "requested",
      "step_started",
      "step_started",
      "step_started",
      "last_step_succeeded",
    ]);
  });

  it.each([
    ["failure", "failed", "step_failed"],
    ["timed_out", "failed", "run_timed_out"],
    ["cancelled", "cancelled", "run_cancelled"],
  ] as const)("fails at once when a step ends as %s, and skips the rest", async (conclusion, status, code) => {
    const task = await created();
    await endStep(task.id);
    const { jobs } = await endStep(task.id, conclusion);
    expect(jobs.map(({ queue }) => queue)).toEqual(["logs"]);
    const ended = await read(task.id);
    expect(ended).toMatchObject({ status: "failed", current_skill_index: 1, failure: { code } });
    expect(ended.failure?.detail).toMatch(/^Step 1 \(upgrade\): /);
    expect(statuses(ended)).toEqual(["succeeded", status, "skipped"]);
  });

  it("fails clearly when a step's inputs do not fit once they are known", async () => {
    const task = await created({
      skills_sequence: ["drain", "upgrade"],
      step_inputs: [{ host: "a" }, { host: "${{ steps.0.outputs }}" }],
    });
    await report(task.id, { freed: "12" });
    const ended = await read(task.id);
    expect(ended).toMatchObject({
      status: "failed",
      failure: { code: "inputs_refused", detail: "Step 1 (upgrade): host must be a string." },
    });
    expect(statuses(ended)).toEqual(["succeeded", "failed"]);
    expect(ended.steps[1]?.execution_id).toBeNull();
  });

  it.each<[string, Draft, string[]]>([
    ["an unknown skill", { skills_sequence: ["drain", "nobody"] }, ["/skills_sequence/1"]],
    ["an input nobody knows", { step_inputs: [{ host: "a" }, { hots: "b" }, { host: "c" }] }, ["/step_inputs/1/hots"]],
    ["a missing input", { step_inputs: [{ host: "a" }, {}] }, ["/step_inputs/1/host", "/step_inputs/2/host"]],
    [
      "a step that is not earlier",
      { step_inputs: [{ host: "${{ steps.1.outputs.freed }}" }, { host: "b" }, { host: "c" }] },
      ["/step_inputs/0/host"],
    ],
    [
      "an unknown task input",
      { step_inputs: [{ host: "a" }, { host: "${{ task.inputs.x }}" }, { host: "c" }] },
      ["/step_inputs/1/host"],
    ],
    [
      "inputs for no step",
      { skills_sequence: ["drain"], step_inputs: [{ host: "a" }, { host: "b" }] },
      ["/step_inputs/1"],
    ],
    ["an unknown skill at the end", { finally: ["nobody"] }, ["/finally/0"]],
    [
      "inputs that misfit at the end",
      { finally: ["notify"], finally_inputs: [{ host: 5 }] },
      ["/finally_inputs/0/host"],
    ],
  ])("with %s is refused with a pointer, and nothing is made", async (_what, draft, pointers) => {
    const count = "select (select count(*) from tasks) + (select count(*) from skill_executions) as n";
    const before = await registry.query(count);
    const refused = await create(draft);
    expect(refused).toMatchObject({ ok: false, status: 422 });
    expect(refused.ok ? [] : refused.problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(await registry.query(count)).toEqual(before);
  });

  it("is made once per Idempotency-Key, also by two requests at once", async () => {
    const [first, second] = await Promise.all([must(create({}, "k1")), must(create({}, "k1"))]);
    expect(first.task).toEqual(second.task);
    expect(first.jobs.length + second.jobs.length).toBe(1);
    await endStep(first.task.id);
    expect((await must(create({}, "k1"))).task).toEqual(first.task);
    expect((await create({ description: "another" }, "k1")).status).toBe(409);
  });

  it("keeps the revisions it began with", async () => {
    const task = await created({ skills_sequence: ["drain", "verify"] });
    const skill = skillText("verify", { yaml_content: "name: verify\n# two\n" });
    await must(registry.calls.updateSkill({ params: { id: "verify" }, body: { actor: "ada", skill } }));
    await activateNewest(registry, "verify");
    await endStep(task.id);
    const [second] = (await must(registry.calls.listExecutions({ query: { task_id: task.id } }))).items;
    expect(second).toMatchObject({ skill_name: "verify", revision: 1 });
  });

  it("does not run a skill that was retired meanwhile", async () => {
    await activate(registry, "retired");
    const task = await created({ skills_sequence: ["drain", "retired"] });
    await must(registry.calls.archiveSkill({ params: { id: "retired" }, body: { actor: "ada" } }));
    await endStep(task.id);
    expect(await read(task.id)).toMatchObject({ status: "failed", failure: { code: "skill_not_active" } });
    expect((await create({ skills_sequence: ["retired"] })).status).toBe(422);
  });

  it("is listed newest first, by status, page after page", async () => {
    const made = [await created(), await created(), await created()].map(({ id }) => id);
    const page = await must(registry.calls.listTasks({ query: { status: "running", limit: 2 } }));
    const rest = await must(
      registry.calls.listTasks({ query: { status: "running", limit: 1, cursor: page.next_cursor ?? "" } }),
    );
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(made.toReversed());
    expect(page.items[0]?.steps).toHaveLength(3);
  });

  it("is made once per id that whoever asks has drawn, and owes its first dispatch again", async () => {
    const task = TaskRequest.parse({ skills_sequence: three, step_inputs: three.map(() => ({ host: "x" })) });
    const ask = (id: string) => must(registry.calls.createTask({ body: { id, actor: "ada", task } }));
    const id = randomUUID();
    const first = await ask(id);
    expect(first.task.id).toBe(id);
    expect(first.jobs).toHaveLength(1);
    expect(await ask(id)).toEqual(first);
  });

  it("is found by what it does, who asked for it, when, and words of it", async () => {
    for (const name of ["rotate-cert", "tell-desk"]) await activate(registry, name);
    const first = await created({
      description: "Certificates of the storefront",
      user_request: "please rotate them, they expire on Friday",
      inputs: { zone: "green-7", tries: 4 },
      skills_sequence: ["rotate-cert"],
      finally: ["tell-desk"],
      finally_inputs: [{ host: "desk" }],
    });
    const task = TaskRequest.parse({ skills_sequence: ["rotate-cert"], step_inputs: [{ host: "x" }] });
    const second = (await must(registry.calls.createTask({ body: { actor: "grace", task } }))).task;
    const names = new Map([
      [first.id, "first"],
      [second.id, "second"],
    ]);
    const both = ["second", "first"];
    const cases: [Record<string, string>, (string | undefined)[]][] = [
      [{ skill: "rotate-cert" }, both],
      [{ skill: "tell-desk" }, ["first"]],
      [{ skill: "nobody" }, []],
      [{ skill: "rotate-cert", requested_by: "grace" }, ["second"]],
      [{ skill: "rotate-cert", requested_by: "gra" }, []],
      [{ skill: "rotate-cert", since: first.created_at }, both],
      [{ skill: "rotate-cert", until: first.created_at }, []],
      [{ skill: "rotate-cert", status: "succeeded" }, []],
      [{ q: "storefront" }, ["first"]],
      [{ q: "friday Expire" }, ["first"]],
      [{ q: "green-7" }, ["first"]],
      [{ q: "rotate-cert 4" }, ["first"]],
      [{ q: "grace rotate-cert" }, ["second"]],
      [{ q: "store" }, []],
      [{ q: "' & | ! :*(" }, []],
    ];
    for (const [query, expected] of cases) {
      const { items } = await must(registry.calls.listTasks({ query }));
      expect({ query, found: items.map(({ id }) => names.get(id)) }).toEqual({ query, found: expected });
    }
    const page = await must(registry.calls.listTasks({ query: { skill: "rotate-cert", limit: 1 } }));
    const cursor = page.next_cursor ?? "";
    const rest = await must(registry.calls.listTasks({ query: { skill: "rotate-cert", limit: 1, cursor } }));
    expect([page.items[0]?.id, rest.items.map(({ id }) => id), rest.next_cursor]).toEqual([
      second.id,
      [first.id],
      null,
    ]);
  });

  it("tells live events of its kind", async () => {
    const { last_id } = await must(registry.calls.liveEvents({ query: {} }));
    const task = await created();
    const { items } = await must(registry.calls.liveEvents({ query: { after: last_id } }));
    expect(items.filter(({ kind }) => kind === "task")).toMatchObject([
      { object_id: task.id, status: "running", version: 0 },
      { object_id: task.id, status: "running", version: 1 },
    ]);
  });
});

describe("a step's result", () => {
  it("counts once, whoever brings it and however often", async () => {
    const task = await created();
    const execution_id = runningExecution(task);
    const run_id = await dispatch(execution_id);
    const answers = await Promise.all([1, 2, 3, 4].map(() => conclude(execution_id, run_id, "success")));
    expect(answers.filter(({ applied }) => applied)).toHaveLength(1);
    const { items } = await must(registry.calls.listExecutions({ query: { task_id: task.id } }));
    expect(items.map(({ skill_name }) => skill_name)).toEqual(["upgrade", "drain"]);
  });

  it("that its task overtakes moves the task on from where it is by then", async () => {
    const task = await created();
    const execution_id = runningExecution(task);
    const run_id = await dispatch(execution_id);
    const text = "update tasks set cancel_requested = true, version = version + 1 where id = $1";
    const { jobs } = await overtaking(registry, { text, values: [task.id] }, () =>
      callBack(execution_id, { name: "drain", run_id, outputs: {} }),
    );
    expect(jobs).toEqual([]);
    const ended = await read(task.id);
    expect([ended.status, ...statuses(ended)]).toEqual(["cancelled", "succeeded", "skipped", "skipped"]);
    const { items } = await must(registry.calls.listExecutions({ query: { task_id: task.id } }));
    expect(items).toMatchObject([{ skill_name: "drain", status: "succeeded" }]);
    const kept = await registry.query("select status from deliveries where execution_id = $1", [execution_id]);
    expect(kept).toEqual([{ status: "processed" }]);
  });

  it("keeps the outputs of a callback that is known but not read yet when GitHub's word comes first", async () => {
    const task = await created({
      skills_sequence: ["drain", "upgrade"],
      step_inputs: [{ host: "a" }, { host: "freed ${{ steps.0.outputs.freed }}" }],
    });
    const execution_id = runningExecution(task);
    const run_id = await dispatch(execution_id);
    const repair = await breakUpdates(registry, execution_id);
    const [owed] = (await callBack(execution_id, { name: "drain", run_id, outputs: { freed: "12" } })).jobs;
    await repair();
    await conclude(execution_id, run_id, "success");
    expect((await read(task.id)).steps).toMatchObject([{ outputs: { freed: 12 } }, { inputs: { host: "freed 12" } }]);
    const { id = "", version = 0 } = owed?.payload ?? {};
    const body = { version, outcome: { type: "processed" as const, facts: [] } };
    const applied = must(registry.calls.reportDelivery({ params: { id: Number(id) }, body }));
    expect(await applied).toMatchObject({ applied: true, jobs: [] });
  });
});

describe("a cancel", () => {
  it("reaches the running step and skips the rest; the task ends with its step", async () => {
    const task = await created();
    const execution_id = runningExecution(task);
    const answer = await must(cancel(task.id));
    expect(answer).toMatchObject({ task: { status: "running", cancel_requested: true }, jobs: [{ queue: "cancel" }] });
    expect(statuses(answer.task)).toEqual(["running", "skipped", "skipped"]);
    expect((await must(cancel(task.id))).jobs).toEqual([]);
    await must(
      registry.calls.reportExecution({ params: { execution_id }, body: { version: 1, event: { type: "never_ran" } } }),
    );
    const ended = await read(task.id);
    expect(ended).toMatchObject({ status: "cancelled", failure: { code: "cancelled" } });
    expect(statuses(ended)).toEqual(["cancelled", "skipped", "skipped"]);
    expect((await cancel(task.id)).status).toBe(409);
    expect((await resume(task.id)).status).toBe(409);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])("that races with a step's end leaves one final state (%i)", async () => {
    const task = await created();
    const execution_id = runningExecution(task);
    const run_id = await dispatch(execution_id);
    await Promise.all([conclude(execution_id, run_id, "success"), cancel(task.id), cancel(task.id)]);
    const after = await read(task.id);
    expect(after.cancel_requested).toBe(true);
    const left = after.steps.find(({ status }) => status === "running")?.execution_id ?? undefined;
    if (left !== undefined) {
      const params = { execution_id: left };
      const { version, status } = await must(registry.calls.executionWork({ params }));
      if (status !== "cancelling") throw new Error(`the step that runs is ${status}`);
      await must(registry.calls.reportExecution({ params, body: { version, event: { type: "never_ran" } } }));
    }
    const ended = await read(task.id);
    expect(ended.status).toBe("cancelled");
    expect(statuses(ended)).not.toContain("running");
    expect(statuses(ended)).not.toContain("pending");
  });
});

describe("a failed task", () => {
  it("is resumed from the failed step with a new execution, after a look at what that would do", async () => {
    const task = await created({
      inputs: { host: "db-7" },
      step_inputs: [{ host: "a" }, { host: "b" }, { host: "${{ task.inputs.host }}" }],
    });
    await endStep(task.id);
    await endStep(task.id, "failure");
    const failed = await read(task.id);
    const plan = await must(registry.calls.planResume({ params: { id: task.id } }));
    expect(plan).toMatchObject({
      task_id: task.id,
      errors: [],
      steps: [
        { index: 1, skill_name: "upgrade", revision: 1, inputs: { host: "b" }, evaluated: true, newer_revision: null },
        { index: 2, skill_name: "verify", inputs: { host: "db-7" }, evaluated: true },
      ],
    });
    expect(await read(task.id)).toEqual(failed);
    expect((await resume(task.id, plan.plan_version - 1)).status).toBe(409);
    const answers = await Promise.all([resume(task.id, plan.plan_version), resume(task.id, plan.plan_version)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409]);
    const resumed = await read(task.id);
    expect(resumed).toMatchObject({ status: "running", failure: null, completed_at: null, current_skill_index: 1 });
    expect(statuses(resumed)).toEqual(["succeeded", "running", "pending"]);
    expect(resumed.steps[1]?.execution_id).not.toBe(failed.steps[1]?.execution_id);
    expect(resumed.events.at(-1)).toMatchObject({ action: "resumed", actor: "bob", detail: { started: 1 } });
    await endStep(task.id);
    await endStep(task.id);
    const done = await read(task.id);
    expect(done).toMatchObject({ status: "succeeded", requested_by: "ada", resumed_by: "bob" });
    const { items } = await must(registry.calls.listExecutions({ query: { task_id: task.id } }));
    expect(items.map(({ requested_by }) => requested_by)).toEqual(["bob", "bob", "ada", "ada"]);
    expect((await resume(task.id)).status).toBe(409);
  });

  it("tells which step of the run failed as soon as its execution knows, and stays the same task", async () => {
    const task = await created();
    const execution_id = runningExecution(task);
    await conclude(execution_id, await dispatch(execution_id), "failure");
    const failed = await read(task.id);
    expect(failed.failure?.detail).toBe("Step 0 (drain): A step failed.");
    const event: ExecutionEvent = { type: "logs_collected", jobs: [], failing_step: "Drain: exit code 3" };
    await must(registry.calls.reportExecution({ params: { execution_id }, body: { version: 0, event } }));
    const told = await read(task.id);
    expect(told.failure?.detail).toBe("Step 0 (drain): Drain: exit code 3");
    expect({ ...told, failure: null }).toEqual({ ...failed, failure: null });
  });

  it("stays as it is when the step still cannot run", async () => {
    const task = await created({
      skills_sequence: ["drain", "upgrade"],
      step_inputs: [{ host: "a" }, { host: "${{ steps.0.outputs.freed }}" }],
    });
    await endStep(task.id);
    const failed = await read(task.id);
    expect(failed.steps[1]).toMatchObject({ execution_id: null, failure: failed.failure?.detail });
    const plan = await must(registry.calls.planResume({ params: { id: task.id } }));
    expect(plan.errors).toMatchObject([{ pointer: "/step_inputs/1/host" }]);
    expect(await resume(task.id)).toMatchObject({ ok: false, status: 422 });
    expect(await read(task.id)).toEqual(failed);
  });

  it("is told beforehand that its skill was taken out of service", async () => {
    const task = await created({ skills_sequence: ["drain", "upgrade"], step_inputs: [{ host: "a" }, { host: "b" }] });
    await endStep(task.id);
    await endStep(task.id, "failure");
    const revision = "skill_id = (select id from skills where name = 'upgrade') and revision = 1";
    await registry.query(`update skill_revisions set status = 'drifted' where ${revision}`);
    const plan = await must(registry.calls.planResume({ params: { id: task.id } }));
    expect(plan.errors).toEqual([{ pointer: "/step_inputs/1", detail: "Revision 1 of upgrade is drifted." }]);
    expect(await resume(task.id)).toMatchObject({ ok: false, status: 422 });
    await registry.query(`update skill_revisions set status = 'active' where ${revision}`);
  });
});

describe("skills of finally", () => {
  const draft = {
    skills_sequence: ["drain", "upgrade"],
    finally: ["notify", "verify"],
    finally_inputs: [{ host: "x" }, { host: "y" }],
  };

  it("run after success, and the task succeeds with them", async () => {
    const task = await created(draft);
    for (let step = 0; step < 4; step += 1) await endStep(task.id);
    expect(await read(task.id)).toMatchObject({ status: "succeeded", current_skill_index: 1 });
  });

  it("run after a failure, each although the one before failed, and the first failure is told", async () => {
    const task = await created(draft);
    await endStep(task.id, "failure");
    expect(statuses(await read(task.id))).toEqual(["failed", "skipped", "running", "pending"]);
    await endStep(task.id, "failure");
    await endStep(task.id);
    const ended = await read(task.id);
    expect(statuses(ended)).toEqual(["failed", "skipped", "failed", "succeeded"]);
    expect(ended.failure?.detail).toMatch(/^Step 0 \(drain\)/);
    await must(resume(task.id));
    expect(statuses(await read(task.id))).toEqual(["running", "pending", "pending", "pending"]);
  });

  it("run after a cancel, and a second cancel ends them", async () => {
    const task = await created(draft);
    await must(cancel(task.id));
    await endStep(task.id, "cancelled");
    expect(statuses(await read(task.id))).toEqual(["cancelled", "skipped", "running", "pending"]);
    await must(cancel(task.id));
    await endStep(task.id, "cancelled");
    const ended = await read(task.id);
    expect(statuses(ended)).toEqual(["cancelled", "skipped", "cancelled", "skipped"]);
    expect(ended).toMatchObject({ status: "cancelled" });
  });
});
