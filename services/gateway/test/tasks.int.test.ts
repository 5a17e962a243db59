import type { Task, TaskPlan } from "@infraskill/contracts/task";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { execution_id } from "./support/samples.ts";

const id = "0190b3a4-5c6d-4e8f-9a0b-1c2d3e4f5a6c";
const path = `/api/tasks/${id}`;
const task: Task = {
  id,
  description: "",
  user_request: "",
  skills_sequence: ["drain"],
  current_skill_index: 0,
  status: "running",
  cancel_requested: false,
  inputs: {},
  steps: [
    {
      index: 0,
      skill_name: "drain",
      revision: 1,
      finally: false,
      status: "running",
      given: {},
      inputs: {},
      execution_id,
      outputs: null,
      failure: null,
    },
  ],
  failure: null,
  requested_by: "ada",
  resumed_by: null,
  created_at: "2026-11-22T10:00:00.000Z",
  completed_at: null,
};
const plan: TaskPlan = { task_id: id, plan_version: 7, steps: [], errors: [] };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  const answer = () => ({ body: { task, jobs: [] } });
  Object.assign(gateway.registry.replies, {
    createTask: answer,
    cancelTask: answer,
    resumeTask: answer,
    planResume: () => ({ body: plan }),
    listTasks: () => ({ body: { items: [task], next_cursor: null } }),
    getTask: () => ({ body: { ...task, events: [] } }),
  });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.registry.received.length = 0;
});

it("accepts a task with its key, and says where it is", async () => {
  const body = {
    skills_sequence: ["drain"],
    step_inputs: [{ host: "${{ task.inputs.host }}" }],
    inputs: { host: "a" },
  };
  const answer = await gateway.call("POST", "/api/tasks", body, {
    as: "operator",
    headers: { "idempotency-key": "k" },
  });
  expect([answer.status, answer.headers.get("location"), await answer.json()]).toEqual([202, path, task]);
  expect(gateway.registry.calls("createTask")).toMatchObject([
    { body: { actor: "the operator", idempotency_key: "k", task: { ...body, description: "", user_request: "" } } },
  ]);
});

it("passes on what keeps a task from being made, with pointers into the caller's body", async () => {
  const { createTask } = gateway.registry.replies;
  const errors = [{ pointer: "/step_inputs/0/host", detail: "is required" }];
  gateway.registry.replies.createTask = () => ({ problem: "refused", errors });
  const answer = await gateway.call("POST", "/api/tasks", { skills_sequence: ["drain"] });
  gateway.registry.replies.createTask = createTask as NonNullable<typeof createTask>;
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors }]);
});

it.each([
  [{}],
  [{ skills_sequence: [] }],
  [{ skills_sequence: ["../x"] }],
  [{ skills_sequence: Array.from({ length: 51 }, () => "drain") }],
  [{ skills_sequence: ["drain"], step_inputs: ["x"] }],
  [{ skills_sequence: ["drain"], colour: "red" }],
])("refuses %j before the registry is asked", async (body) => {
  expect((await gateway.call("POST", "/api/tasks", body)).status).toBe(422);
  expect(gateway.registry.calls("createTask")).toEqual([]);
});

it("lists, shows, cancels", async () => {
  expect(await (await gateway.call("GET", "/api/tasks?status=running&limit=5")).json()).toEqual({
    items: [task],
    next_cursor: null,
  });
  expect(gateway.registry.calls("listTasks")[0]?.query).toEqual({ status: "running", limit: "5" });
  const search = { skill: "drain", requested_by: "ada", since: "2026-11-26T00:00:00Z", q: "db 7" };
  expect((await gateway.call("GET", `/api/tasks?${new URLSearchParams(search).toString()}`)).status).toBe(200);
  expect(gateway.registry.calls("listTasks")[1]?.query).toMatchObject(search);
  expect((await gateway.call("GET", "/api/tasks?since=yesterday")).status).toBe(422);
  expect(await (await gateway.call("GET", path)).json()).toEqual({ ...task, events: [] });
  expect((await gateway.call("POST", `${path}/cancel`)).status).toBe(202);
  expect((await gateway.call("GET", "/api/tasks/7")).status).toBe(404);
});

it("resumes, or only says what that would do", async () => {
  const preview = await gateway.call("POST", `${path}/resume?preview=true`);
  expect([preview.status, await preview.json()]).toEqual([200, plan]);
  expect(gateway.registry.calls("resumeTask")).toEqual([]);
  expect((await gateway.call("POST", `${path}/resume`)).status).toBe(202);
  expect((await gateway.call("POST", `${path}/resume`, { plan_version: 7 })).status).toBe(202);
  expect(gateway.registry.calls("resumeTask").map(({ body }) => body)).toEqual([
    { actor: "the admin" },
    { actor: "the admin", plan_version: 7 },
  ]);
});

it("answers a dry run with what would be sent", async () => {
  const dry = {
    dry_run: true as const,
    skill_name: "say-hello",
    revision: 1,
    commit_hash: "a".repeat(40),
    inputs: {},
    waits: false,
    request: {
      method: "POST" as const,
      path: "/repos/a/b/actions/workflows/skill-say-hello.yml/dispatches",
      body: { ref: "skill/say-hello/1", inputs: {} },
    },
  };
  gateway.registry.replies.previewExecution = () => ({ body: dry });
  const answer = await gateway.call("POST", "/api/skills/say-hello/execute", { dry_run: true });
  expect([answer.status, await answer.json()]).toEqual([200, dry]);
  expect(gateway.registry.calls("executeSkill")).toEqual([]);
});
