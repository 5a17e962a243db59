import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { owner, repo, startWorld, token, type World } from "./support/start.ts";
import { commitFiles, refusalOf } from "./support/work.ts";

const place = { owner, repo };
let world: World;

const quick = "on: { workflow_dispatch: {} }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n";
const slow = `on: { workflow_dispatch: {} }
jobs:
  act: { runs-on: ubuntu-latest, steps: [{ run: sleep 600 }] }
  report: { needs: act, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo reported }] }
`;

beforeAll(async () => {
  world = await startWorld();
  await commitFiles(world.octokit, "main", {
    ".github/workflows/quick.yml": quick,
    ".github/workflows/slow.yml": slow,
  });
});
afterEach(() => world.admin("DELETE", "/faults"));
afterAll(() => world[Symbol.asyncDispose]());

const fault = (wanted: Record<string, unknown>) => world.admin("POST", "/faults", wanted);
const dispatch = (octokit = world.octokit, workflow_id = "quick.yml") =>
  octokit.actions.createWorkflowDispatch({ ...place, workflow_id, ref: "main", request: { retries: 0 } });
const dispatches = async () =>
  ((await world.admin("GET", "/ledger?kind=dispatch")) as { totals: Record<string, number> }).totals["dispatch"] ?? 0;
const on_dispatch = { method: "POST", path: "/dispatches$" };

test("a 502 before the effect starts nothing, after the effect it starts a run all the same", async () => {
  const before = await dispatches();
  await fault({ kind: "status", status: 502, when: "before", times: 1, ...on_dispatch });
  expect((await refusalOf(dispatch())).status).toBe(502);
  expect(await dispatches()).toBe(before);
  await fault({ kind: "status", status: 502, when: "after", times: 1, ...on_dispatch });
  expect((await refusalOf(dispatch())).status).toBe(502);
  expect(await dispatches()).toBe(before + 1);
});

test("a connection is reset or hangs, an answer is garbage or late", async () => {
  await fault({ kind: "reset", when: "after", times: 1, ...on_dispatch });
  await expect(dispatch()).rejects.toThrow("ECONNRESET");
  await fault({ kind: "hang", times: 1, path: "/rate_limit" });
  const hanging = fetch(`${world.github.api_url}/rate_limit`, { signal: AbortSignal.timeout(300) });
  await expect(hanging).rejects.toThrow(/timeout/);
  await fault({ kind: "garbage", times: 1, path: "/rate_limit" });
  const garbage = await fetch(`${world.github.api_url}/rate_limit`);
  await expect(garbage.json()).rejects.toThrow("JSON");
  await fault({ kind: "delay", delay_ms: 200, times: 1, path: "/rate_limit" });
  const started = performance.now();
  await fetch(`${world.github.api_url}/rate_limit`);
  expect(performance.now() - started).toBeGreaterThan(190);
});

test("limits come with and without retry-after, and requests that do not wait are in the ledger", async () => {
  await fault({ kind: "secondary_limit", status: 403, retry_after: 30, times: 1, path: "/repos/acme/ops$" });
  const limited = await fetch(`${world.github.api_url}/repos/acme/ops`, {
    headers: { authorization: `token ${token}` },
  });
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([403, "30"]);
  await world.octokit.repos.get(place);
  const { entries } = (await world.admin("GET", "/ledger?kind=request_while_limited")) as {
    entries: { detail: Record<string, unknown> }[];
  };
  expect(entries).toHaveLength(1);
  expect(entries[0]?.detail).toMatchObject({ method: "GET", path: "/api/v3/repos/acme/ops" });
  await fault({ kind: "rate_limit", status: 429, times: 1, path: "/repos/acme/ops$" });
  const primary = await fetch(`${world.github.api_url}/repos/acme/ops`, {
    headers: { authorization: `token ${token}` },
  });
  expect([primary.status, primary.headers.get("x-ratelimit-remaining"), primary.headers.get("retry-after")]).toEqual([
    429,
    "0",
    null,
  ]);
});

test("a client that retries blindly starts several runs of one call, and the ledger tells", async () => {
  const before = await dispatches();
  await fault({ kind: "status", status: 502, when: "after", times: 2, ...on_dispatch });
  const Blind = Octokit.plugin(retry);
  const blind = new Blind({
    baseUrl: world.github.api_url,
    auth: token,
    retry: { retryAfterBaseValue: 1 },
    log: quiet,
  });
  await blind.actions.createWorkflowDispatch({ ...place, workflow_id: "quick.yml", ref: "main" });
  expect(await dispatches()).toBe(before + 3);
});

test("the throttling plugin waits as long as it was told", async () => {
  await fault({ kind: "secondary_limit", status: 403, retry_after: 1, times: 1, path: "/rate_limit" });
  const told: number[] = [];
  const Patient = Octokit.plugin(throttling);
  const patient = new Patient({
    baseUrl: world.github.api_url,
    auth: token,
    log: quiet,
    throttle: {
      onRateLimit: () => true,
      onSecondaryRateLimit: (after: number) => {
        told.push(after);
        return true;
      },
    },
  });
  const started = performance.now();
  await patient.rateLimit.get();
  expect(told).toEqual([1]);
  expect(performance.now() - started).toBeGreaterThan(900);
});

test("the list of runs lags while the run itself is there", async () => {
  await fault({ kind: "run_list_lag", delay_ms: 60_000 });
  const { data } = await world.octokit.actions.createWorkflowDispatch({
    ...place,
    workflow_id: "quick.yml",
    ref: "main",
    return_run_details: true,
  });
  const id = (data as unknown as { workflow_run_id: number }).workflow_run_id;
  const listed = async () =>
    (await world.octokit.actions.listWorkflowRunsForRepo(place)).data.workflow_runs.map((run) => run.id);
  expect((await world.octokit.actions.getWorkflowRun({ ...place, run_id: id })).data.id).toBe(id);
  expect(await listed()).not.toContain(id);
  await world.admin("DELETE", "/faults");
  expect(await listed()).toContain(id);
});

test("a run dies in the middle: nothing of it reports, not even what wants to run always", async () => {
  await fault({ kind: "run_dies", match: "slow", delay_ms: 300, times: 1 });
  await fault({ kind: "run_no_webhooks", match: "slow", times: 1 });
  const heard = world.receiver.received.length;
  const { data } = await world.octokit.actions.createWorkflowDispatch({
    ...place,
    workflow_id: "slow.yml",
    ref: "main",
    return_run_details: true,
  });
  const run_id = (data as unknown as { workflow_run_id: number }).workflow_run_id;
  await eventually(async () =>
    expect((await world.octokit.actions.getWorkflowRun({ ...place, run_id })).data.status).toBe("completed"),
  );
  const { jobs } = (await world.octokit.actions.listJobsForWorkflowRun({ ...place, run_id })).data;
  expect(jobs.find(({ name }) => name === "report")?.conclusion).not.toBe("success");
  const since = world.receiver.received
    .slice(heard)
    .filter(({ payload }) => (payload["workflow_run"] as { id?: number } | undefined)?.id === run_id);
  expect(since).toEqual([]);
});

test("a merged workflow becomes dispatchable only after a while", async () => {
  await fault({ kind: "registration_lag", delay_ms: 4_000, times: 1 });
  await commitFiles(world.octokit, "main", { ".github/workflows/late.yml": quick });
  expect(await refusalOf(dispatch(world.octokit, "late.yml"))).toMatchObject({ status: 404 });
  await eventually(async () => expect((await dispatch(world.octokit, "late.yml")).status).toBe(204));
});

test("faults are for the holder of the server's token only, and nonsense is refused", async () => {
  const post = (headers: Record<string, string>, body: unknown) =>
    fetch(`${world.github.url}/_local/faults`, { method: "POST", headers, body: JSON.stringify(body) });
  expect((await post({}, { kind: "hang" })).status).toBe(401);
  expect((await post({ authorization: `token ${token}` }, { kind: "earthquake" })).status).toBe(422);
  expect((await post({ authorization: `token ${token}` }, { kind: "hang", path: "(" })).status).toBe(422);
});

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
