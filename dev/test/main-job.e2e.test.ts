import { Problem } from "@infraskill/contracts/problem";
import { Skill } from "@infraskill/contracts/skill";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draft, execute, makeActive, mergeOnPage, waitForEnd, waitForSkill } from "./journey.ts";
import { type LiveFollower, followEvents } from "./live.ts";
import { must, startSystem, type System } from "./system.ts";

let folder: string;
let system: System;
let live: LiveFollower;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-e2e-"));
  system = await startSystem(join(folder, "data"));
  live = followEvents(system);
});
afterAll(async () => {
  await live?.stop();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const call = (path: string, init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {}) =>
  fetch(system.endpoints.gateway_url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${system.endpoints.admin_token}`,
      ...(init.body === undefined ? {} : { "content-type": "application/json" }),
      ...init.headers,
    },
  });

describe("the main job", () => {
  it("goes from a command to a result: pull request, merge on its page, run, outputs, log, history, live events", async () => {
    const created = await call("/api/skills/create", {
      method: "POST",
      headers: { prefer: "wait=25" },
      body: JSON.stringify(draft("say-it")),
    });
    expect(created.status).toBe(201);
    const pending = Skill.parse(await created.json());
    expect(pending).toMatchObject({
      name: "say-it",
      status: "pending_approval",
      github_path: ".github/workflows/skill-say-it.yml",
      commit_hash: null,
    });

    const page = await (await fetch(pending.pr_url ?? "")).text();
    expect(page).toContain("skill-say-it.yml");
    await mergeOnPage(pending.pr_url ?? "");
    const active = await waitForSkill(system, "say-it", "active");
    expect(active.commit_hash).toMatch(/^[0-9a-f]{40}$/);

    const execution_id = await execute(system, "say-it", { message: "hello" });
    const ended = await waitForEnd(system, execution_id);
    expect(ended).toMatchObject({
      status: "succeeded",
      outputs: { said: "hello" },
      failure: null,
      commit_hash: active.commit_hash,
    });
    expect(ended.github_run_id).toBeGreaterThan(0);
    const actions = ended.events.map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining([
        "requested",
        "dispatch_started",
        "dispatched",
        "claimed",
        "run_succeeded",
        "logs_collected",
      ]),
    );
    expect(ended.jobs.flatMap(({ steps }) => steps.map(({ name }) => name))).toContain("Say it");
    const log = await call(`/api/executions/${execution_id}/logs`, { headers: { accept: "text/plain" } });
    expect(await log.text()).toContain("GITHUB_OUTPUT");
    expect((await fetch(ended.run_url ?? "")).status).toBe(200);

    const ours = await live.until(
      (events) => events.filter(({ object_id }) => object_id === execution_id).at(-1)?.status === "succeeded",
    );
    expect(ours.filter(({ object_id }) => object_id === "say-it").map(({ status }) => status)).toEqual(
      expect.arrayContaining(["validating", "opening_pr", "pending_approval", "activating", "active"]),
    );
    const ids = ours.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it("tells the failing step of a command that fails", async () => {
    await makeActive(
      system,
      draft("fail-at", {
        commands: [
          { name: "Fine", run: "true" },
          { name: "Break it", run: 'echo "about to break: $MESSAGE"\nexit 3' },
        ],
      }),
    );
    const ended = await waitForEnd(system, await execute(system, "fail-at", { message: "now" }));
    expect(ended).toMatchObject({
      status: "failed",
      failure: { code: "step_failed", detail: expect.stringContaining("Break it") },
    });
    expect(ended.jobs.flatMap(({ steps }) => steps).find(({ name }) => name === "Break it")).toMatchObject({
      conclusion: "failure",
    });
    const logs = await must(
      system.api.getExecutionLogs({
        params: { execution_id: ended.execution_id },
        headers: { accept: "application/json" },
      } as never),
    );
    expect(JSON.stringify(logs)).toContain("about to break: now");
  });

  it("hands any input to the script and back byte for byte, and executes none of it", async () => {
    const message = "a\"b $(touch x) '; `id`\nsecond line ${{ github.token }} %0A \\ é 🎉\t.";
    const ended = await waitForEnd(system, await execute(system, "say-it", { message }));
    expect(ended).toMatchObject({ status: "succeeded", inputs: { message }, outputs: { said: message } });
    const left = await readdir(system.data_dir, { recursive: true });
    expect(left.filter((path) => path.endsWith("/x"))).toEqual([]);
  });

  it("shows its jobs on Bull Board, to admins only", async () => {
    expect((await fetch(`${system.endpoints.gateway_url}/ops/queues`)).status).toBe(401);
    const board = await call("/ops/queues/api/queues");
    expect(board.status).toBe(200);
    const { queues } = (await board.json()) as { queues: { name: string; counts: { completed: number } }[] };
    const done = Object.fromEntries(queues.map(({ name, counts }) => [name, counts.completed]));
    for (const name of ["validation", "pull-requests", "activation", "dispatch", "logs", "deliveries"])
      expect([name, done[name]]).toEqual([name, expect.toSatisfy((count: number) => count > 0)]);
  });

  it("describes itself", async () => {
    const answer = await fetch(`${system.endpoints.gateway_url}/api/openapi.json`);
    const description = (await answer.json()) as { paths: object };
    expect(description).toMatchObject({ openapi: "3.1.0" });
    expect(Object.keys(description.paths)).toContain("/api/skills/{name}/execute");
    expect((await fetch(`${system.endpoints.gateway_url}/api/docs`)).status).toBe(200);
  });

  it("is ready, with every dependency up", async () => {
    const ready = await fetch(`${system.endpoints.gateway_url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: "ready" });
  });
});

describe("bad input", () => {
  const good = draft("never-made");
  it.each<[string, string, string, unknown, number, string | undefined]>([
    ["malformed JSON", "POST", "/api/skills/create", "{", 400, undefined],
    ["a missing name", "POST", "/api/skills/create", { ...good, name: undefined }, 422, "/name"],
    ["a name that is a path", "POST", "/api/skills/create", { ...good, name: "../../etc" }, 422, "/name"],
    ["an unknown field", "POST", "/api/skills/create", { ...good, colour: "red" }, 422, "/colour"],
    [
      "a schema that is none",
      "POST",
      "/api/skills/create",
      { ...good, inputs_schema: { type: "object", properties: { a: { type: "rocket" } } } },
      422,
      undefined,
    ],
    ["a taken name", "POST", "/api/skills/create", draft("say-it"), 409, "/name"],
    ["an input that is missing", "POST", "/api/skills/say-it/execute", { inputs: {} }, 422, "/inputs/message"],
    [
      "an input nobody knows",
      "POST",
      "/api/skills/say-it/execute",
      { inputs: { message: "a", other: 1 } },
      422,
      "/inputs/other",
    ],
    ["a skill nobody knows", "POST", "/api/skills/nobody/execute", { inputs: {} }, 404, undefined],
    ["an unknown query field", "GET", "/api/skills?colour=red", undefined, 400, "?colour"],
    ["an execution id that is none", "GET", "/api/executions/1", undefined, 404, undefined],
    ["a method that is not there", "DELETE", "/api/skills", undefined, 405, undefined],
  ])("%s is refused with problem+json", async (_what, method, path, body, status, pointer) => {
    const answer = await call(path, {
      method,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const problem = Problem.parse(await answer.json());
    expect({ status: answer.status, problem }).toMatchObject({
      status,
      problem: { status, detail: expect.any(String), instance: answer.headers.get("x-request-id") },
    });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const pointers = problem.errors?.map((error) => error.pointer) ?? [];
    expect(pointer === undefined || pointers.includes(pointer)).toBe(true);
  });

  it("makes nothing", async () => {
    expect(await system.api.getSkill({ params: { id: "never-made" } })).toMatchObject({ ok: false, status: 404 });
  });

  it("is told without a 5xx when a file cannot pass the checks, and no pull request is opened", async () => {
    const body = { ...draft("unsafe"), commands: undefined, yaml_content: "name: unsafe\non: push\njobs: {}\n" };
    const answer = await call("/api/skills/create", {
      method: "POST",
      headers: { prefer: "wait=25" },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    const skill = Skill.parse(await answer.json());
    expect(skill).toMatchObject({ status: "invalid", pr_number: null });
    expect(skill.validation_errors?.length).toBeGreaterThan(0);
  });
});
