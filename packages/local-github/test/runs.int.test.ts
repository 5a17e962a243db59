import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { owner, repo, startWorld, type World } from "./support/start.ts";
import { commitFiles, refusalOf, runWorkflow } from "./support/work.ts";

const place = { owner, repo };
let world: World;

const workflows = {
  ".github/workflows/two.yml": `name: two
on: { workflow_dispatch: { inputs: { fail: { type: string, default: "no" } } } }
jobs:
  first:
    runs-on: ubuntu-latest
    steps: [{ name: speak, run: "echo spoken; [ '\${{ inputs.fail }}' = no ] || exit 4" }]
  second:
    needs: first
    runs-on: ubuntu-latest
    steps: [{ run: echo after }]
`,
  ".github/workflows/long.yml": `on: { workflow_dispatch: {} }
jobs:
  wait:
    runs-on: ubuntu-latest
    steps:
      - run: sleep 600
      - { if: always(), run: echo tidied }
`,
  ".github/workflows/group.yml": `on: { workflow_dispatch: {} }
concurrency: deploy
jobs: { wait: { runs-on: ubuntu-latest, steps: [{ run: sleep 600 }] } }
`,
  ".github/workflows/gate.yml": `on: { workflow_dispatch: {} }
jobs: { ship: { environment: production, runs-on: ubuntu-latest, steps: [{ run: "echo to $TARGET", env: { TARGET: "\${{ vars.TARGET }}" } }] } }
`,
  ".github/workflows/nobody.yml": `on: { workflow_dispatch: {} }
jobs: { a: { runs-on: mainframe, steps: [{ run: echo }] } }
`,
  ".github/workflows/keep.yml": `on: { workflow_dispatch: {} }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo kept > out.txt
      - { uses: actions/upload-artifact@v4, with: { name: result, path: out.txt } }
`,
  ".github/workflows/pushed.yml": `on: { push: { branches: ["release/**"] }, pull_request: {} }
jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo pushed }] } }
`,
};

beforeAll(async () => {
  world = await startWorld({ limits: { sigint_grace_ms: 200, sigterm_grace_ms: 200 } });
  await commitFiles(world.octokit, "main", workflows);
});
afterAll(() => world[Symbol.asyncDispose]());

async function dispatch(workflow_id: string): Promise<number> {
  const { data } = await world.octokit.actions.createWorkflowDispatch({
    ...place,
    workflow_id,
    ref: "main",
    return_run_details: true,
  });
  return (data as unknown as { workflow_run_id: number }).workflow_run_id;
}

const statusOf = async (run_id: number) => (await world.octokit.actions.getWorkflowRun({ ...place, run_id })).data;
const until = (run_id: number, status: string) =>
  eventually(async () => expect((await statusOf(run_id)).status).toBe(status));
const jobsOf = async (run_id: number) =>
  (await world.octokit.actions.listJobsForWorkflowRun({ ...place, run_id })).data.jobs;

test("a failing job fails the run and skips what needs it; re-running the failed jobs is a further attempt", async () => {
  const { octokit } = world;
  const id = await runWorkflow(world, "two.yml", { fail: "yes" });
  expect((await statusOf(id)).conclusion).toBe("failure");
  const jobs = await jobsOf(id);
  expect(jobs.map(({ name, conclusion }) => `${name} ${conclusion}`)).toEqual(["first failure", "second skipped"]);
  expect(jobs[0]?.steps?.find(({ name }) => name === "speak")?.conclusion).toBe("failure");
  await octokit.actions.reRunWorkflowFailedJobs({ ...place, run_id: id });
  await until(id, "completed");
  expect(await statusOf(id)).toMatchObject({ run_attempt: 2, conclusion: "failure" });
  const first = (await octokit.actions.getWorkflowRunAttempt({ ...place, run_id: id, attempt_number: 1 })).data;
  expect(first.run_attempt).toBe(1);
  expect(
    (await octokit.actions.listJobsForWorkflowRunAttempt({ ...place, run_id: id, attempt_number: 1 })).data.total_count,
  ).toBe(2);
});

test("logs: a job's as text when it ended, a run's as zip when it ended, 410 when they are gone", async () => {
  const { octokit } = world;
  const id = await runWorkflow(world, "two.yml");
  const [first] = await jobsOf(id);
  const location = await fetch(`${world.github.api_url}/repos/acme/ops/actions/jobs/${first?.id}/logs`, {
    redirect: "manual",
    headers: { authorization: "token ghp_test" },
  });
  expect(location.status).toBe(302);
  const text = await (await fetch(location.headers.get("location") ?? "")).text();
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z spoken$/m);
  expect((await fetch(`${world.github.url}/_local/downloads/jobs/${first?.id}.txt`)).status).toBe(403);
  const zip = unzipSync(
    new Uint8Array((await octokit.actions.downloadWorkflowRunLogs({ ...place, run_id: id })).data as ArrayBuffer),
  );
  expect(Object.keys(zip)).toEqual(expect.arrayContaining(["0_first.txt", "1_second.txt", "first/2_speak.txt"]));
  await world.admin("POST", `/runs/${id}/expire-logs`);
  expect(await refusalOf(octokit.actions.downloadWorkflowRunLogs({ ...place, run_id: id }))).toMatchObject({
    status: 410,
  });
  expect(
    await refusalOf(octokit.actions.downloadJobLogsForWorkflowRun({ ...place, job_id: first?.id ?? 0 })),
  ).toMatchObject({ status: 410 });
});

test("a cancelled run still carries out what wants to run always, a forced one does not; then 409", async () => {
  const { octokit } = world;
  const gentle = await dispatch("long.yml");
  await until(gentle, "in_progress");
  expect(await refusalOf(octokit.actions.downloadWorkflowRunLogs({ ...place, run_id: gentle }))).toMatchObject({
    status: 404,
  });
  expect((await octokit.actions.cancelWorkflowRun({ ...place, run_id: gentle })).status).toBe(202);
  await until(gentle, "completed");
  expect((await statusOf(gentle)).conclusion).toBe("cancelled");
  const steps = (await jobsOf(gentle))[0]?.steps ?? [];
  expect(steps.find(({ name }) => name.includes("tidied"))?.conclusion).toBe("success");
  const forced = await dispatch("long.yml");
  await until(forced, "in_progress");
  await octokit.actions.forceCancelWorkflowRun({ ...place, run_id: forced });
  await until(forced, "completed");
  expect(await refusalOf(octokit.actions.cancelWorkflowRun({ ...place, run_id: forced }))).toEqual({
    status: 409,
    message: "Cannot cancel a workflow run that is completed.",
  });
});

test("in a concurrency group one runs, one waits, and a newer one takes the waiting one's place", async () => {
  const { octokit } = world;
  const running = await dispatch("group.yml");
  await until(running, "in_progress");
  const displaced = await dispatch("group.yml");
  await until(displaced, "pending");
  const next = await dispatch("group.yml");
  await until(displaced, "completed");
  expect((await statusOf(displaced)).conclusion).toBe("cancelled");
  expect((await statusOf(next)).status).toBe("pending");
  await octokit.actions.cancelWorkflowRun({ ...place, run_id: running });
  await until(next, "in_progress");
  await octokit.actions.cancelWorkflowRun({ ...place, run_id: next });
  await until(next, "completed");
});

test("a job waits for its environment's reviewer, with that environment's variables", async () => {
  const { octokit, receiver } = world;
  await world.admin("PUT", "/repositories/acme/ops/settings", {
    environments: { production: { reviewers: ["octocat"], vars: { TARGET: "moon" } } },
  });
  const id = await dispatch("gate.yml");
  await until(id, "waiting");
  await receiver.waitFor("workflow_job.waiting");
  const [pending] = (await octokit.actions.getPendingDeploymentsForRun({ ...place, run_id: id })).data;
  expect(pending).toMatchObject({ environment: { name: "production" }, current_user_can_approve: true });
  await octokit.actions.reviewPendingDeploymentsForRun({
    ...place,
    run_id: id,
    environment_ids: [pending?.environment.id ?? 0],
    state: "approved",
    comment: "go",
  });
  await until(id, "completed");
  expect((await statusOf(id)).conclusion).toBe("success");
  const log = await octokit.actions.downloadJobLogsForWorkflowRun({ ...place, job_id: (await jobsOf(id))[0]?.id ?? 0 });
  expect(String(log.data)).toContain("to moon");
  expect((await octokit.actions.getReviewsForRun({ ...place, run_id: id })).data).toMatchObject([
    { state: "approved", comment: "go" },
  ]);
  const refused = await dispatch("gate.yml");
  await until(refused, "waiting");
  const environment_ids = [pending?.environment.id ?? 0];
  await octokit.actions.reviewPendingDeploymentsForRun({
    ...place,
    run_id: refused,
    environment_ids,
    state: "rejected",
    comment: "no",
  });
  await until(refused, "completed");
  expect((await statusOf(refused)).conclusion).toBe("failure");
});

test("a label no runner has waits as queued, until it is cancelled", async () => {
  const id = await dispatch("nobody.yml");
  await eventually(async () => expect((await jobsOf(id))[0]?.status).toBe("queued"));
  expect((await statusOf(id)).status).toBe("queued");
  await world.octokit.actions.cancelWorkflowRun({ ...place, run_id: id });
  await until(id, "completed");
});

test("a push and a pull request start the workflows that listen", async () => {
  const { octokit } = world;
  const sha = await commitFiles(octokit, "release/1", { "r.txt": "1" }, "release one");
  await eventually(async () => {
    const { data } = await octokit.actions.listWorkflowRuns({
      ...place,
      workflow_id: "pushed.yml",
      event: "push",
      branch: "release/1",
    });
    expect(data.workflow_runs.map(({ head_sha, display_title }) => ({ head_sha, display_title }))).toEqual([
      { head_sha: sha, display_title: "release one" },
    ]);
  });
  await octokit.pulls.create({ ...place, title: "Release", head: "release/1", base: "main" });
  await eventually(async () => {
    const { data } = await octokit.actions.listWorkflowRunsForRepo({
      ...place,
      event: "pull_request",
      status: "success",
    });
    expect(data.workflow_runs[0]?.display_title).toBe("Release");
  });
});

test("an artifact is kept and downloaded as zip", async () => {
  const { octokit } = world;
  const id = await runWorkflow(world, "keep.yml");
  const { artifacts } = (await octokit.actions.listWorkflowRunArtifacts({ ...place, run_id: id })).data;
  expect(artifacts.map(({ name, expired }) => ({ name, expired }))).toEqual([{ name: "result", expired: false }]);
  const zip = await octokit.actions.downloadArtifact({
    ...place,
    artifact_id: artifacts[0]?.id ?? 0,
    archive_format: "zip",
  });
  expect(Buffer.from(unzipSync(new Uint8Array(zip.data as ArrayBuffer))["out.txt"] ?? []).toString()).toBe("kept\n");
});

test("an invalid file that is pushed shows as a run that failed to start, and no webhook tells", async () => {
  const { octokit, receiver } = world;
  await commitFiles(octokit, "main", { ".github/workflows/broken.yml": "on: push\njobs: { a: { steps: [] } }\n" });
  const run = await eventually(async () => {
    const { data } = await octokit.actions.listWorkflowRuns({ ...place, workflow_id: "broken.yml" });
    expect(data.workflow_runs.map(({ status }) => status)).toEqual(["completed"]);
    return data.workflow_runs[0];
  });
  expect(run).toMatchObject({
    status: "completed",
    conclusion: "startup_failure",
    name: ".github/workflows/broken.yml",
  });
  expect(await jobsOf(run?.id ?? 0)).toEqual([]);
  const told = receiver.received.filter(
    ({ payload }) => (payload["workflow_run"] as { id?: number } | undefined)?.id === run?.id,
  );
  expect(told.map(({ action }) => action)).not.toContain("completed");
  await commitFiles(octokit, "main", { ".github/workflows/broken.yml": null });
});

test("a run's own token may do what the file grants it, and nothing when the run is over", async () => {
  const { octokit } = world;
  const text = `on: { workflow_dispatch: {} }
permissions: { contents: read }
jobs:
  a:
    runs-on: ubuntu-latest
    env: { TOKEN: "\${{ github.token }}" }
    steps:
      - run: |
          code() { curl -s -o /dev/null -w '%{http_code}' -H "authorization: bearer $TOKEN" "$@"; }
          echo "read $(code $GITHUB_API_URL/repos/acme/ops/git/ref/heads/main) write $(code -d '{}' $GITHUB_API_URL/repos/acme/ops/git/refs)"
          echo "kept $(echo "$TOKEN" | rev)"
`;
  await commitFiles(octokit, "main", { ".github/workflows/token.yml": text });
  const id = await runWorkflow(world, "token.yml");
  const log = String(
    (await octokit.actions.downloadJobLogsForWorkflowRun({ ...place, job_id: (await jobsOf(id))[0]?.id ?? 0 })).data,
  );
  expect(log).toContain("read 200 write 403");
  const token = (/Z kept (\S+)$/m.exec(log)?.[1] ?? "").split("").toReversed().join("");
  expect(token).toMatch(/^ghs_/);
  expect(await refusalOf(world.as(token).repos.get(place))).toEqual({ status: 401, message: "Bad credentials" });
});

test("an unreadable workflow file cannot be dispatched, and a file taken away is not dispatchable even at its tag", async () => {
  const { octokit } = world;
  const sha = await commitFiles(octokit, "main", { ".github/workflows/odd.yml": "on: workflow_dispatch\njobs: [" });
  expect(await refusalOf(dispatch("odd.yml"))).toMatchObject({ status: 422 });
  await octokit.git.createRef({ ...place, ref: "refs/tags/kept", sha });
  await commitFiles(octokit, "main", { ".github/workflows/odd.yml": null, ".github/workflows/keep.yml": null });
  const at_tag = octokit.actions.createWorkflowDispatch({ ...place, workflow_id: "keep.yml", ref: "kept" });
  expect(await refusalOf(at_tag)).toEqual({ status: 404, message: "Not Found" });
});

test("lists of runs are filtered and paged", async () => {
  const { octokit } = world;
  const page = await octokit.actions.listWorkflowRuns({ ...place, workflow_id: "two.yml", per_page: 1 });
  expect(page.data.total_count).toBe(2);
  expect(page.headers.link).toContain('rel="next"');
  const today = new Date().toISOString().slice(0, 10);
  const found = await octokit.actions.listWorkflowRuns({
    ...place,
    workflow_id: "two.yml",
    status: "failure",
    created: `>=${today}`,
    actor: "octocat",
  });
  expect(found.data.workflow_runs).toHaveLength(1);
  expect((await octokit.actions.listWorkflowRunsForRepo({ ...place, created: "<2020-01-01" })).data.total_count).toBe(
    0,
  );
});

test("what was under way at a restart is over as cancelled, everything else is as it was", async () => {
  const id = await dispatch("long.yml");
  await until(id, "in_progress");
  const before = (await world.octokit.actions.listWorkflowRunsForRepo(place)).data.total_count;
  await world.restart();
  expect(await statusOf(id)).toMatchObject({ status: "completed", conclusion: "cancelled" });
  expect((await world.octokit.actions.listWorkflowRunsForRepo(place)).data.total_count).toBe(before);
  expect((await jobsOf(id)).map(({ status }) => status)).toEqual(["completed"]);
});

test("every answer and every event fits GitHub's description", () => {
  expect(world.faults).toEqual([]);
  expect(world.receiver.faults).toEqual([]);
});
