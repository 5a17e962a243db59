import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { owner, repo, startWorld, type World } from "./support/start.ts";
import { commitFiles, runWorkflow } from "./support/work.ts";

const place = { owner, repo };
let world: World;

const light = `on: { workflow_dispatch: { inputs: { wait: { type: boolean } } } }
permissions: {}
jobs:
  first:
    runs-on: ubuntu-latest
    outputs: { said: "never evaluated" }
    steps: [{ name: work, run: exit 1 }]
  last:
    needs: first
    if: \${{ always() }}
    permissions: { id-token: write }
    runs-on: ubuntu-latest
    steps: [{ run: exit 1 }]
`;
const shell = `on: { workflow_dispatch: {} }
jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: exit 1 }] } }
`;

beforeAll(async () => {
  world = await startWorld({ stand_in: join(import.meta.dirname, "support/stand-in.ts") });
  await commitFiles(world.octokit, "main", {
    ".github/workflows/light.yml": light,
    ".github/workflows/shell.yml": shell,
  });
});
afterAll(() => world[Symbol.asyncDispose]());

test("a stand-in carries out one workflow's jobs, with everything around them as ever", async () => {
  const run_id = await runWorkflow(world, "light.yml");
  const { jobs } = (await world.octokit.actions.listJobsForWorkflowRun({ ...place, run_id })).data;
  expect(jobs.map(({ name, conclusion }) => ({ name, conclusion }))).toEqual([
    { name: "first", conclusion: "success" },
    { name: "last", conclusion: "success" },
  ]);
  expect(jobs[0]?.steps?.map(({ name, conclusion }) => ({ name, conclusion }))).toEqual([
    { name: "Set up job", conclusion: "success" },
    { name: "work", conclusion: "success" },
    { name: "Complete job", conclusion: "success" },
  ]);
  const log = await world.octokit.actions.downloadJobLogsForWorkflowRun({ ...place, job_id: jobs[1]?.id ?? 0 });
  expect(log.data).toMatch(/^\S+Z light last$/m);
  const events = world.receiver.received.filter(({ payload }) => JSON.stringify(payload).includes(String(run_id)));
  expect(events.map(({ event }) => event)).toContain("workflow_job");
});

test("a cancel reaches the stand-in, and jobs that want to run always still do", async () => {
  const { data } = await world.octokit.actions.createWorkflowDispatch({
    ...place,
    workflow_id: "light.yml",
    ref: "main",
    inputs: { wait: "true" },
    return_run_details: true,
  });
  const run_id = (data as unknown as { workflow_run_id: number }).workflow_run_id;
  const ofRun = ({ payload }: { payload: Record<string, unknown> }) =>
    (payload["workflow_job"] as { run_id: number }).run_id === run_id;
  await world.receiver.waitFor("workflow_job.in_progress", ofRun);
  await world.octokit.actions.cancelWorkflowRun({ ...place, run_id });
  const { payload } = await world.receiver.waitFor(
    "workflow_run.completed",
    ({ payload: seen }) => (seen["workflow_run"] as { id: number }).id === run_id,
  );
  expect(payload["workflow_run"]).toMatchObject({ conclusion: "cancelled" });
  const { jobs } = (await world.octokit.actions.listJobsForWorkflowRun({ ...place, run_id })).data;
  expect(jobs.map(({ conclusion }) => conclusion)).toEqual(["cancelled", "success"]);
});

test("every other workflow has the real runner", async () => {
  const run_id = await runWorkflow(world, "shell.yml");
  const run = (await world.octokit.actions.getWorkflowRun({ ...place, run_id })).data;
  expect(run.conclusion).toBe("failure");
});
