import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { owner, repo, startWorld, type World } from "./support/start.ts";
import { commitFiles, openPull, refusalOf, runWorkflow } from "./support/work.ts";

const place = { owner, repo };
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const hello = `name: hello
run-name: "hello · \${{ inputs.execution_id }}"
on:
  workflow_dispatch:
    inputs:
      execution_id: { required: true, type: string }
      level: { type: choice, options: [low, high], default: low }
      fast: { type: boolean }
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-latest
    env:
      ID: \${{ inputs.execution_id }}
    steps:
      - run: echo "hello $ID"
`;

test("a workflow goes from branch to merged, dispatched, finished, with every event of the way", async () => {
  const { octokit, receiver } = world;
  const pull = await openPull(octokit, "add-hello", { ".github/workflows/hello.yml": hello });
  expect(pull).toMatchObject({ number: 1, mergeable: true, mergeable_state: "clean", commits: 1, changed_files: 1 });
  const files = (await octokit.pulls.listFiles({ ...place, pull_number: 1 })).data;
  expect(files[0]).toMatchObject({ filename: ".github/workflows/hello.yml", status: "added" });
  expect(files[0]?.patch).toContain("+name: hello");

  const merge = (await octokit.pulls.merge({ ...place, pull_number: 1 })).data;
  const merged = (await octokit.pulls.get({ ...place, pull_number: 1 })).data;
  expect(merged).toMatchObject({ merged: true, state: "closed", merge_commit_sha: merge.sha });
  expect((await octokit.pulls.checkIfMerged({ ...place, pull_number: 1 })).status).toBe(204);

  const workflows = (await octokit.actions.listRepoWorkflows(place)).data;
  expect(workflows.workflows.map(({ path, state }) => ({ path, state }))).toEqual([
    { path: ".github/workflows/hello.yml", state: "active" },
  ]);

  const id = await runWorkflow(world, "hello.yml", { execution_id: "e-1" });
  const run = (await octokit.actions.getWorkflowRun({ ...place, run_id: id })).data;
  expect(run).toMatchObject({
    status: "completed",
    conclusion: "success",
    display_title: "hello · e-1",
    head_sha: merge.sha,
  });
  const jobs = (await octokit.actions.listJobsForWorkflowRun({ ...place, run_id: id })).data.jobs;
  expect(jobs.map(({ name, conclusion }) => ({ name, conclusion }))).toEqual([
    { name: "greet", conclusion: "success" },
  ]);
  const log = await octokit.actions.downloadJobLogsForWorkflowRun({ ...place, job_id: jobs[0]?.id ?? 0 });
  expect(String(log.data)).toContain("hello e-1");

  const names = receiver.names();
  expect(names).toEqual(
    expect.arrayContaining([
      "ping",
      "push",
      "pull_request.opened",
      "pull_request.closed",
      "workflow_dispatch",
      "workflow_run.requested",
      "workflow_run.in_progress",
      "workflow_run.completed",
      "workflow_job.queued",
      "workflow_job.in_progress",
      "workflow_job.completed",
    ]),
  );
  // They travel side by side; the numbers say in which order they were sent.
  const sent = (
    await octokit.repos.listWebhookDeliveries({ ...place, hook_id: 3001, per_page: 100 })
  ).data.toReversed();
  const order = sent.map(({ event, action }) => `${event} ${action ?? ""}`.trim());
  expect(order.lastIndexOf("push")).toBeLessThan(order.indexOf("pull_request closed"));
  const closed = await receiver.waitFor("pull_request.closed");
  expect(closed.payload["pull_request"]).toMatchObject({ merged: true, merge_commit_sha: merge.sha });
  expect(closed.headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
});

test("a dispatch is refused in GitHub's own words", async () => {
  const dispatch = (fields: Record<string, unknown>, workflow_id = "hello.yml") =>
    refusalOf(
      world.octokit.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
        ...place,
        workflow_id,
        ref: "main",
        ...fields,
      }),
    );
  const inputs = { execution_id: "e" };
  const sha = (await world.octokit.git.getRef({ ...place, ref: "heads/main" })).data.object.sha;
  await commitFiles(world.octokit, "main", {
    ".github/workflows/pushed.yml": "on: push\njobs: {a: {runs-on: nowhere, steps: [{run: true}]}}\n",
  });
  expect(await dispatch({ inputs: { ...inputs, x: "1" } })).toEqual({
    status: 422,
    message: 'Unexpected inputs provided: ["x"]',
  });
  expect(await dispatch({ inputs: {} })).toEqual({
    status: 422,
    message: "Required input 'execution_id' not provided",
  });
  expect(await dispatch({ inputs: { ...inputs, level: "odd" } })).toEqual({
    status: 422,
    message: "Provided value 'odd' for input 'level' not in the list of allowed values",
  });
  expect(await dispatch({ inputs, ref: sha })).toEqual({ status: 422, message: `No ref found for: ${sha}` });
  expect(await dispatch({ inputs: { execution_id: "x".repeat(65_536) } })).toEqual({
    status: 422,
    message: "inputs are too large.",
  });
  expect(await dispatch({ inputs }, "none.yml")).toEqual({ status: 404, message: "Not Found" });
  expect(await dispatch({}, "pushed.yml")).toEqual({
    status: 422,
    message: "Workflow does not have 'workflow_dispatch' trigger",
  });
  await world.octokit.actions.disableWorkflow({ ...place, workflow_id: "hello.yml" });
  expect(await dispatch({ inputs })).toEqual({
    status: 422,
    message: "Cannot trigger a 'workflow_dispatch' on a disabled workflow",
  });
  await world.octokit.actions.enableWorkflow({ ...place, workflow_id: "hello.yml" });
});

test("without return_run_details a dispatch answers 204, by the newer version always with the run", async () => {
  const call = (version: string) =>
    world.octokit.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
      ...place,
      workflow_id: "hello.yml",
      ref: "main",
      inputs: { execution_id: "v" },
      headers: { "x-github-api-version": version },
    });
  expect((await call("2022-11-28")).status).toBe(204);
  const newer = await call("2026-03-10");
  expect(newer.status).toBe(200);
  expect(newer.data).toHaveProperty("workflow_run_id");
  expect(await refusalOf(call("2019-01-01"))).toMatchObject({ status: 400 });
});

test("a job with id-token: write proves where it runs", async () => {
  const { octokit, github, receiver } = world;
  const proof = `on: { workflow_dispatch: {} }
permissions: {}
jobs:
  prove:
    runs-on: ubuntu-latest
    permissions: { id-token: write }
    steps:
      - run: |
          answer=$(curl -sS -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=infraskill:e-7" | base64 -w0)
          echo "::notice::$answer"
`;
  await commitFiles(octokit, "main", { ".github/workflows/proof.yml": proof });
  const id = await runWorkflow(world, "proof.yml");
  const done = await receiver.waitFor(
    "workflow_job.completed",
    ({ payload }) => (payload["workflow_job"] as { run_id: number }).run_id === id,
  );
  const job = done.payload["workflow_job"] as { id: number };
  const log = String((await octokit.actions.downloadJobLogsForWorkflowRun({ ...place, job_id: job.id })).data);
  const shown = /##\[notice\](\S+)/.exec(log)?.[1] ?? "";
  const jwt = (JSON.parse(Buffer.from(shown, "base64").toString()) as { value: string }).value;
  const issuer = `${github.url}/_services/token`;
  const known = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as {
    jwks_uri: string;
    issuer: string;
  };
  expect(known.issuer).toBe(issuer);
  const { payload } = await jwtVerify(jwt, createRemoteJWKSet(new URL(known.jwks_uri)), {
    issuer,
    audience: "infraskill:e-7",
    algorithms: ["RS256"],
  });
  expect(payload).toMatchObject({
    repository: "acme/ops",
    run_id: String(id),
    run_attempt: "1",
    event_name: "workflow_dispatch",
    ref: "refs/heads/main",
    workflow_ref: "acme/ops/.github/workflows/proof.yml@refs/heads/main",
  });
  expect(typeof payload["repository_id"]).toBe("string");
  expect(payload.jti).toBeDefined();
});

test("every answer and every event so far fits GitHub's description", () => {
  expect(world.faults).toEqual([]);
  expect(world.receiver.faults).toEqual([]);
});
