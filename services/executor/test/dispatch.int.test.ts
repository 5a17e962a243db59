import { createServer, type AddressInfo } from "node:net";
import { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { createGithub } from "@infraskill/github/github";
import type { ProxyFault } from "@infraskill/testing/faulty-proxy";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handleDispatch } from "../src/dispatch/handle.ts";
import { sendDispatch } from "../src/dispatch/send.ts";
import type { Tools } from "../src/tools.ts";
import { context, inSeconds, keepExecution, makeSkill, startBench, type Bench, type Skill } from "./bench.ts";

let bench: Bench;
let skill: Skill;
let tools: Tools;
beforeAll(async () => {
  bench = await startBench();
  skill = await makeSkill(bench, "greet", 'echo "$GREETING"');
});
beforeEach(() => {
  tools = bench.makeTools();
  bench.registry.onReport = (row, { event }) => {
    if (event.type !== "dispatch_started") return;
    Object.assign(row, { status: "dispatching", dispatch_started_at: inSeconds(0), look_up_until: inSeconds(120) });
  };
});
afterEach(() => {
  bench.registry.beforeReport = () => undefined;
  if (bench.proxy.faults.splice(0).length > 0) throw new Error("A fault that was asked for never struck");
});
afterAll(() => bench[Symbol.asyncDispose]());

type Work = ReturnType<typeof keepExecution>;

/** Does the job of an execution and says what was reported, with whether it was applied. */
async function dispatch(work: Work, version = work.version): Promise<[ExecutionEvent, boolean][]> {
  const before = bench.registry.reports.length;
  await handleDispatch({ id: work.execution_id, version }, context, tools);
  return bench.registry.reports
    .slice(before)
    .map(({ event, applied }) => [ExecutionEvent.parse(event), applied] as const)
    .map(([event, applied]) => [event, applied]);
}

async function runsOf({ execution_id }: Work) {
  const { octokit, repository } = bench.github;
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/actions/runs", { ...repository, per_page: 100 });
  return data.workflow_runs.filter(({ display_title }) => display_title === `greet · ${execution_id}`);
}

/** A port nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const fail = (when: ProxyFault["when"], answer: ProxyFault["answer"]) =>
  bench.proxy.faults.push({ method: "POST", path: /dispatches$/, when, answer });
const posts = (from: number) => bench.proxy.seen.slice(from).filter((line) => /^POST .*dispatches$/.test(line)).length;

describe("a queued execution", () => {
  it("becomes one run of the pinned commit, known by its id", async () => {
    const work = keepExecution(bench, skill);
    const reports = await dispatch(work);
    const [run, ...others] = await runsOf(work);
    expect(others).toEqual([]);
    expect(run?.head_sha).toBe(skill.commit);
    expect(reports).toEqual([
      [{ type: "dispatch_started" }, true],
      [{ type: "dispatched", run_id: run?.id, run_url: run?.html_url }, true],
    ]);
  });

  it("is left alone by a job that is late, and by one of two that come at once", async () => {
    const work = keepExecution(bench, skill);
    expect(await dispatch(work, work.version - 1)).toEqual([]);
    const seen = bench.proxy.seen.length;
    const { version } = work;
    const job = { id: work.execution_id, version };
    await Promise.all([handleDispatch(job, context, tools), handleDispatch(job, context, tools)]);
    expect(posts(seen)).toBe(1);
    expect(await runsOf(work)).toHaveLength(1);
  });

  it.each<[string, ProxyFault["answer"]]>([
    ["the connection breaks", "reset"],
    ["GitHub answers 502", { status: 502 }],
    ["GitHub answers garbage", { status: 200, body: [] }],
  ])("is found by its title when the run was started but %s", async (_, answer) => {
    const work = keepExecution(bench, skill);
    const seen = bench.proxy.seen.length;
    fail("after", answer);
    const reports = await dispatch(work);
    const [run, ...others] = await runsOf(work);
    expect(others).toEqual([]);
    expect(posts(seen)).toBe(1);
    expect(reports.map(([{ type }]) => type)).toEqual(["dispatch_started", "dispatch_unknown", "run_found"]);
    expect(reports[2]).toMatchObject([{ run: { run_id: run?.id, head_sha: skill.commit } }, true]);
  });

  it("is looked for, not sent again, when GitHub takes it and never answers", async () => {
    const work = keepExecution(bench, skill);
    const seen = bench.proxy.seen.length;
    fail("after", "hang");
    const reports = await dispatch(work);
    expect(reports.map(([{ type }]) => type)).toEqual(["dispatch_started", "dispatch_unknown", "run_found"]);
    expect(posts(seen)).toBe(1);
    expect(await runsOf(work)).toHaveLength(1);
  });

  it("is looked for until the window has passed, and only then called missing", async () => {
    const work = keepExecution(bench, skill);
    fail("before", "reset");
    expect((await dispatch(work)).map(([{ type }]) => type)).toEqual([
      "dispatch_started",
      "dispatch_unknown",
      "looked",
    ]);
    expect(await dispatch(work)).toEqual([[{ type: "looked", wait_ms: 2_000 }, true]]);
    work.now = inSeconds(121);
    bench.proxy.faults.push({ method: "GET", path: /\/runs\?/, when: "before", answer: { status: 503 } });
    expect(await dispatch(work)).toEqual([[{ type: "looked", wait_ms: 10_000 }, true]]);
    expect(await dispatch(work)).toEqual([[{ type: "run_missing" }, true]]);
    expect(await runsOf(work)).toEqual([]);
  });

  it.each<[string, ProxyFault["answer"], object]>([
    [
      "waits out a limit",
      { status: 403, headers: { "retry-after": "30" }, body: { message: "secondary rate limit" } },
      { type: "dispatch_postponed", wait_ms: 31_000 },
    ],
    [
      "waits out a 429",
      { status: 429, headers: { "retry-after": "7" }, body: { message: "slow down" } },
      { type: "dispatch_postponed", wait_ms: 8_000 },
    ],
    [
      "waits for a person when the repository has moved, and does not follow",
      { status: 301, headers: { location: "http://127.0.0.1:1/elsewhere" }, body: { message: "Moved Permanently" } },
      {
        type: "dispatch_postponed",
        wait_ms: 60_000,
        detail: "Dispatching: Moved Permanently It points to http://127.0.0.1:1/elsewhere.",
      },
    ],
    [
      "waits for the credential",
      { status: 401, body: { message: "Bad credentials" } },
      { type: "dispatch_postponed", wait_ms: 60_000 },
    ],
    [
      "waits for a permission",
      { status: 403, body: { message: "Resource not accessible by integration" } },
      { type: "dispatch_postponed", wait_ms: 60_000 },
    ],
    [
      "waits when only the repository is out of sight",
      { status: 404, body: { message: "Not Found" } },
      { type: "dispatch_postponed", wait_ms: 60_000 },
    ],
    [
      "fails with GitHub's words",
      { status: 422, body: { message: "inputs are too large." } },
      { type: "dispatch_refused", detail: "Dispatching: inputs are too large." },
    ],
  ])("%s", async (_, answer, expected) => {
    const work = keepExecution(bench, skill);
    fail("before", answer);
    expect((await dispatch(work))[1]).toEqual([expect.objectContaining(expected), true]);
    expect(await runsOf(work)).toEqual([]);
  });

  it("fails when GitHub does not know its tag, or its workflow", async () => {
    const untagged = keepExecution(bench, skill, { ref: "skill/greet/9" });
    expect((await dispatch(untagged))[1]).toMatchObject([
      { type: "dispatch_refused", detail: expect.stringContaining("No ref found") },
      true,
    ]);
    const gone = keepExecution(bench, skill, { github_path: ".github/workflows/skill-gone.yml" });
    expect((await dispatch(gone))[1]).toMatchObject([
      { type: "dispatch_refused", detail: expect.stringContaining("Not Found") },
      true,
    ]);
  });

  it("waits when GitHub cannot be reached at all", async () => {
    const work = keepExecution(bench, skill);
    const auth = { token: "x" };
    tools = {
      ...tools,
      github: createGithub({
        api_url: `http://127.0.0.1:${await closedPort()}`,
        repository: "acme/skills",
        auth,
        log: context.log,
      }),
    };
    expect((await dispatch(work))[1]).toMatchObject([{ type: "dispatch_postponed", wait_ms: 10_000 }, true]);
  });

  it("is sent again without run details to a server that does not know them, and found by its title", async () => {
    const refusal = { status: 422, body: { message: '"return_run_details" is not a permitted key.' } };
    const work = keepExecution(bench, skill);
    fail("before", refusal);
    const reports = await dispatch(work);
    expect(reports.map(([{ type }]) => type)).toEqual(["dispatch_started", "dispatch_unknown", "run_found"]);
    expect(await runsOf(work)).toHaveLength(1);
    const seen = bench.proxy.seen.length;
    await dispatch(keepExecution(bench, skill));
    expect(posts(seen)).toBe(1);
  });

  it("is not sent by a process that was stopped after the registry said yes", async () => {
    const work = keepExecution(bench, skill);
    const seen = bench.proxy.seen.length;
    const stopped = { with_details: true, callback_url: tools.callback_url, asked_at: performance.now() - 5_001 };
    expect(await sendDispatch(tools.github, work, stopped)).toMatchObject({ sent: false });
    expect(posts(seen)).toBe(0);
  });

  it("tells its run id also when the row moved on meanwhile, as long as nobody else has", async () => {
    const cancelled = keepExecution(bench, skill);
    bench.registry.beforeReport = (row, event) => {
      if (event.type !== "dispatched" || row.status === "cancelling") return;
      Object.assign(row, { status: "cancelling", version: row.version + 1 });
    };
    expect((await dispatch(cancelled)).map(([{ type }, applied]) => [type, applied])).toEqual([
      ["dispatch_started", true],
      ["dispatched", false],
      ["dispatched", true],
    ]);
    const claimed = keepExecution(bench, skill);
    bench.registry.beforeReport = (row, event) => {
      if (event.type !== "dispatched") return;
      Object.assign(row, { status: "running", github_run_id: 7, version: row.version + 1 });
    };
    expect((await dispatch(claimed)).map(([{ type }, applied]) => [type, applied])).toEqual([
      ["dispatch_started", true],
      ["dispatched", false],
    ]);
  });
});
