import { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { ProxyFault } from "@infraskill/testing/faulty-proxy";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleCancel } from "../src/cancel/handle.ts";
import { handleDispatch } from "../src/dispatch/handle.ts";
import { handleLogs } from "../src/logs/handle.ts";
import { handleReconcile } from "../src/reconcile/handle.ts";
import type { Tools } from "../src/tools.ts";
import { context, inSeconds, keepExecution, makeSkill, startBench, type Bench, type Skill } from "./bench.ts";

let bench: Bench;
let tools: Tools;
let good: Skill;
let bad: Skill;
let slow: Skill;
beforeAll(async () => {
  bench = await startBench();
  tools = bench.makeTools();
  good = await makeSkill(bench, "good", `echo "$GREETING"; echo ghs_${"a".repeat(36)}`);
  bad = await makeSkill(bench, "bad", "echo before; exit 3");
  slow = await makeSkill(bench, "slow", "sleep 60");
});
afterAll(() => bench[Symbol.asyncDispose]());

type Work = ReturnType<typeof keepExecution>;
type Handle = typeof handleReconcile;

async function work(handle: Handle, on: Work): Promise<ExecutionEvent[]> {
  const before = bench.registry.reports.length;
  await handle({ id: on.execution_id, version: on.version }, context, tools);
  return bench.registry.reports.slice(before).map(({ event }) => ExecutionEvent.parse(event));
}

/** A dispatched execution whose run GitHub knows. */
async function run(skill: Skill, status: Work["status"] = "running"): Promise<Work> {
  const execution = keepExecution(bench, skill);
  const [, dispatched] = await work(handleDispatch, execution);
  if (dispatched?.type !== "dispatched") throw new Error("not dispatched");
  return Object.assign(execution, { status, github_run_id: dispatched.run_id, dispatch_started_at: inSeconds(0) });
}

async function runOf({ github_run_id }: Work) {
  const { octokit, repository } = bench.github;
  const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}";
  return (await octokit.request(route, { ...repository, run_id: github_run_id ?? 0 })).data;
}
const ended = (execution: Work) =>
  until(async () => (await runOf(execution)).status === "completed", { what: "the run's end", timeout_ms: 30_000 });
const executing = (execution: Work) =>
  until(async () => {
    const { octokit, repository } = bench.github;
    const run_id = execution.github_run_id ?? 0;
    const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs";
    const { data } = await octokit.request(route, { ...repository, run_id });
    return data.jobs.some(({ name, status }) => name === "Execute" && status === "in_progress");
  });

describe("reconcile", () => {
  it("observes a run until its end, with its jobs and steps", async () => {
    const execution = await run(good);
    expect(await work(handleReconcile, execution)).toMatchObject([
      {
        type: "run_observed",
        run: { run_id: execution.github_run_id, display_title: `good · ${execution.execution_id}` },
      },
    ]);
    await ended(execution);
    const [event] = await work(handleReconcile, execution);
    expect(event).toMatchObject({
      type: "run_observed",
      run: {
        run_attempt: 1,
        head_sha: good.commit,
        path: ".github/workflows/skill-good.yml",
        status: "completed",
        conclusion: "success",
      },
      jobs: [{ name: "Claim" }, { name: "Execute", conclusion: "success" }, { name: "Report" }],
    });
    expect(event).not.toHaveProperty("failing_step");
  });

  it("names the step that failed", async () => {
    const execution = await run(bad);
    await ended(execution);
    expect(await work(handleReconcile, execution)).toMatchObject([
      { type: "run_observed", run: { conclusion: "failure" }, failing_step: "Execute: Do it" },
    ]);
  });

  it("finds a claimed run whose id is not known", async () => {
    const execution = await run(good);
    const run_id = execution.github_run_id;
    execution.github_run_id = null;
    expect(await work(handleReconcile, execution)).toMatchObject([{ type: "run_observed", run: { run_id } }]);
    await ended(execution).catch(() => undefined);
  });

  it("gives up a run that GitHub has forgotten, but not one that is only young, nor while GitHub is down", async () => {
    const execution = keepExecution(bench, good, {
      status: "running",
      github_run_id: 999_999,
      dispatch_started_at: inSeconds(0),
    });
    expect(await work(handleReconcile, execution)).toEqual([{ type: "looked" }]);
    execution.now = inSeconds(121);
    bench.proxy.faults.push({ method: "GET", path: /runs\/999999$/, when: "before", answer: { status: 500 } });
    expect(await work(handleReconcile, execution)).toEqual([{ type: "looked", wait_ms: 10_000 }]);
    expect(await work(handleReconcile, execution)).toEqual([{ type: "run_lost" }]);
  });
});

describe("an execution whose run GitHub does not tell about", () => {
  const limited = { "retry-after": "30" };
  it.each<[string, ProxyFault["answer"], number]>([
    ["resets the connection", "reset", 30_000],
    ["answers 500", { status: 500 }, 30_000],
    ["answers garbage", { status: 200, body: [] }, 30_000],
    ["has moved the repository", { status: 301, headers: { location: "/elsewhere" } }, 60_000],
    ["does not take the credential", { status: 401, body: { message: "Bad credentials" } }, 60_000],
    ["refuses a permission", { status: 403, body: { message: "Resource not accessible" } }, 60_000],
    ["limits requests", { status: 403, headers: limited, body: { message: "secondary rate limit" } }, 31_000],
    ["asks to slow down", { status: 429, headers: limited, body: { message: "slow down" } }, 31_000],
    ["refuses the request", { status: 422, body: { message: "Validation Failed" } }, 60_000],
  ])("is looked at again later when GitHub %s", async (_, answer, wait_ms) => {
    const github_run_id = 424_242;
    const execution = keepExecution(bench, good, { status: "running", github_run_id, now: inSeconds(601) });
    bench.proxy.faults.push({ method: "GET", path: /runs\/424242$/, when: "before", answer });
    const before = bench.proxy.seen.length;
    expect(await work(handleReconcile, execution)).toEqual([{ type: "looked", wait_ms }]);
    expect(bench.proxy.seen.slice(before)).toHaveLength(1);
  });
});

it("collects the log of each job as it ends, once, while the run goes on", async () => {
  const execution = await run(slow);
  await executing(execution);
  const [seen] = await work(handleReconcile, execution);
  const jobs = seen?.type === "run_observed" ? (seen.jobs ?? []) : [];
  const claim = jobs.find(({ name }) => name === "Claim");
  expect(claim?.log).toContain("This run has the execution.");
  expect(jobs.filter(({ name }) => name !== "Claim").every(({ log }) => log === undefined)).toBe(true);
  execution.kept_logs = [claim?.job_id ?? 0];
  const before = bench.proxy.seen.length;
  const [again] = await work(handleReconcile, execution);
  expect(again).toMatchObject({ type: "run_observed" });
  expect(bench.proxy.seen.slice(before).filter((line) => line.includes("/logs"))).toEqual([]);
  Object.assign(execution, { status: "cancelling" });
  await work(handleCancel, execution);
  await ended(execution);
});

describe("a run that a person touched on GitHub", () => {
  const touch = async (method: "POST" | "DELETE", { github_run_id }: Work, what = "") => {
    const { octokit, repository } = bench.github;
    const route = `${method} /repos/{owner}/{repo}/actions/runs/{run_id}${what}` as const;
    await octokit.request(route, { ...repository, run_id: github_run_id ?? 0 });
  };

  it("was cancelled by a person when no job says that it took too long", async () => {
    const execution = await run(slow);
    await executing(execution);
    await touch("POST", execution, "/cancel");
    await ended(execution);
    expect(await work(handleReconcile, execution)).toMatchObject([
      { type: "run_observed", run: { conclusion: "cancelled" }, cancel_cause: "person" },
    ]);
  });

  it("is not said to be cancelled by a person while the annotations cannot be read", async () => {
    const execution = await run(slow);
    await executing(execution);
    await touch("POST", execution, "/cancel");
    await ended(execution);
    bench.proxy.faults.push({ method: "GET", path: /annotations/, when: "before", answer: { status: 502 } });
    expect(await work(handleReconcile, execution)).toEqual([{ type: "looked", wait_ms: 10_000 }]);
  });

  it("counts by the attempt that may act, with the jobs of that one, when it was run again", async () => {
    const execution = await run(bad);
    await ended(execution);
    await touch("POST", execution, "/rerun");
    await until(async () => (await runOf(execution)).run_attempt === 2);
    await ended(execution);
    execution.claimed_attempt = 1;
    const [event] = await work(handleReconcile, execution);
    expect(event).toMatchObject({ type: "run_observed", run: { run_attempt: 1, conclusion: "failure" } });
    expect(event?.type === "run_observed" && event.jobs?.every(({ attempt }) => attempt === 1)).toBe(true);
    Object.assign(execution, { status: "failed", logs_owed: true });
    const [logs] = await work(handleLogs, execution);
    const attempts = logs?.type === "logs_collected" ? logs.jobs.map(({ attempt }) => attempt) : [];
    expect(new Set(attempts)).toEqual(new Set([1, 2]));
  });

  it("is lost when it was deleted, and has no logs any more", async () => {
    const execution = await run(good);
    await ended(execution);
    await touch("DELETE", execution);
    execution.now = inSeconds(121);
    expect(await work(handleReconcile, execution)).toEqual([{ type: "run_lost" }]);
    Object.assign(execution, { status: "failed", logs_owed: true });
    expect(await work(handleLogs, execution)).toEqual([{ type: "logs_collected", jobs: [] }]);
  });
});

it("a run whose job took longer than its limit is told from one that a person cancelled", async () => {
  const hasty = await startBench({ minute_ms: 20 });
  try {
    const endless = await makeSkill(hasty, "endless", "sleep 60");
    const before = [bench, tools] as const;
    [bench, tools] = [hasty, hasty.makeTools()];
    const execution = await run(endless);
    await ended(execution);
    const told = await work(handleReconcile, execution);
    [bench, tools] = before;
    expect(told).toMatchObject([{ type: "run_observed", cancel_cause: "time_limit" }]);
  } finally {
    await hasty[Symbol.asyncDispose]();
  }
});

describe("cancel", () => {
  it("ends an execution that was never sent", async () => {
    const execution = keepExecution(bench, slow, { status: "cancelling" });
    expect(await work(handleCancel, execution)).toEqual([{ type: "never_ran" }]);
  });

  it("asks GitHub to end the run, then watches it end", async () => {
    const execution = await run(slow, "cancelling");
    await executing(execution);
    expect(await work(handleCancel, execution)).toEqual([{ type: "cancel_sent" }]);
    execution.cancel_sent = true;
    await ended(execution);
    expect(await work(handleCancel, execution)).toMatchObject([
      { type: "run_observed", run: { status: "completed", conclusion: "cancelled" } },
    ]);
  });

  it("tells the result of a run that ended first", async () => {
    const execution = await run(good, "cancelling");
    await ended(execution);
    expect(await work(handleCancel, execution)).toMatchObject([
      { type: "run_observed", run: { status: "completed", conclusion: "success" } },
    ]);
  });

  it("finds the run of an unknown dispatch first", async () => {
    const execution = await run(slow, "cancelling");
    const run_id = execution.github_run_id;
    execution.github_run_id = null;
    expect(await work(handleCancel, execution)).toMatchObject([
      { type: "run_found", run: { run_id } },
      { type: "cancel_sent" },
    ]);
  });

  it("looks for the run as long as it may show up", async () => {
    const execution = keepExecution(bench, slow, {
      status: "cancelling",
      dispatch_started_at: inSeconds(0),
      look_up_until: inSeconds(120),
    });
    expect(await work(handleCancel, execution)).toEqual([{ type: "looked", wait_ms: 2_000 }]);
    execution.now = inSeconds(121);
    expect(await work(handleCancel, execution)).toEqual([{ type: "never_ran" }]);
  });

  it("insists after a while", async () => {
    const execution = await run(slow, "cancelling");
    await executing(execution);
    Object.assign(execution, { cancel_sent: true, force_cancel_at: inSeconds(-1) });
    expect(await work(handleCancel, execution)).toMatchObject([
      { type: "run_observed", run: { status: "in_progress" }, wait_ms: 5_000 },
    ]);
    expect(bench.proxy.seen.at(-1)).toMatch(/force-cancel$/);
    await ended(execution);
  });
});

describe("logs", () => {
  const owed = { status: "succeeded", logs_owed: true } as const;

  it("are kept per job with steps and timings, without anything like a credential", async () => {
    const execution = Object.assign(await run(good), owed);
    await ended(execution);
    const [event] = await work(handleLogs, execution);
    if (event?.type !== "logs_collected") throw new Error(JSON.stringify(event));
    const execute = event.jobs.find(({ name }) => name === "Execute");
    expect(execute?.log).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z hello$/m);
    expect(execute?.log).toContain("[redacted]");
    expect(execute?.log).not.toContain("ghs_");
    expect(execute?.steps.find(({ name }) => name === "Do it")).toMatchObject({
      conclusion: "success",
      started_at: expect.any(String),
    });
  });

  it("name the failing step, and skipped jobs have none", async () => {
    const execution = Object.assign(await run(bad), owed, { status: "failed" });
    await ended(execution);
    const [event] = await work(handleLogs, execution);
    expect(event).toMatchObject({ type: "logs_collected", failing_step: "Execute: Do it" });
  });

  it("are waited for while the run goes on, while they are not published, and while GitHub is down", async () => {
    const live = Object.assign(await run(slow), owed);
    await executing(live);
    expect(await work(handleLogs, live)).toMatchObject([{ type: "logs_postponed", wait_ms: 5_000 }]);
    Object.assign(live, { status: "cancelling" });
    await work(handleCancel, live);
    const over = Object.assign(await run(good), owed);
    await ended(over);
    const path = /jobs\/\d+\/logs$/;
    bench.proxy.faults.push({
      method: "GET",
      path,
      when: "before",
      answer: { status: 404, body: { message: "Not Found" } },
    });
    expect(await work(handleLogs, over)).toMatchObject([{ type: "logs_postponed", wait_ms: 5_000 }]);
    bench.proxy.faults.push({ method: "GET", path, when: "before", answer: { status: 502 } });
    expect(await work(handleLogs, over)).toMatchObject([{ type: "logs_postponed", wait_ms: 10_000 }]);
    bench.proxy.faults.push({
      method: "GET",
      path,
      when: "before",
      answer: { status: 410, body: { message: "Gone" } },
    });
    const [event] = await work(handleLogs, over);
    expect(event?.type === "logs_collected" ? event.jobs.map(({ log }) => log === null) : event).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("are none for what never ran, or whose run is gone", async () => {
    const never = keepExecution(bench, good, { ...owed, status: "cancelled" });
    expect(await work(handleLogs, never)).toEqual([{ type: "logs_collected", jobs: [] }]);
    const gone = keepExecution(bench, good, { ...owed, github_run_id: 999_999 });
    expect(await work(handleLogs, gone)).toEqual([{ type: "logs_collected", jobs: [] }]);
  });
});
