import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { owner, repo, startWorld } from "./support/start.ts";
import { commitFiles, refusalOf } from "./support/work.ts";

const live = process.env["GITHUB_LIVE"] === "1";
const [live_owner = "", live_repo = ""] = (process.env["GITHUB_LIVE_REPOSITORY"] ?? "").split("/");

const workflow = `on: { workflow_dispatch: { inputs: { who: { type: choice, options: [a], required: true } } } }
jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }
`;

type Place = { owner: string; repo: string };

/** What only GitHub itself can settle: the words of its refusals. Needs GITHUB_LIVE_REPOSITORY (throw-away) and GITHUB_TOKEN. */
// oxlint-disable-next-line vitest/no-conditional-tests -- opt-in: it needs GitHub and a throw-away repository
if (live) {
  test("the same calls are refused in the same words by GitHub and by the stand-in", async () => {
    await using world = await startWorld();
    await commitFiles(world.octokit, "main", { ".github/workflows/smoke.yml": workflow });
    const real = new Octokit({ auth: process.env["GITHUB_TOKEN"] });
    const there = { owner: live_owner, repo: live_repo };
    await writeSmoke(real, there, workflow);
    expect(await refusals(real, there)).toEqual(await refusals(world.octokit, { owner, repo }));
  });
}

test("the calls of the live test are each refused by the stand-in", async () => {
  await using world = await startWorld();
  await commitFiles(world.octokit, "main", { ".github/workflows/smoke.yml": workflow });
  const refused = await refusals(world.octokit, { owner, repo });
  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422, 404, 422, 422, 422, 422, 404]);
  expect(world.faults).toEqual([]);
});

async function refusals(octokit: Octokit, place: Place): Promise<{ status: number; message: string }[]> {
  const dispatch = (fields: { ref?: string; inputs?: Record<string, string> }, workflow_id = "smoke.yml") =>
    octokit.actions.createWorkflowDispatch({ ...place, workflow_id, ref: "main", ...fields });
  const main = (await octokit.git.getRef({ ...place, ref: "heads/main" })).data.object.sha;
  const calls = [
    () => dispatch({ inputs: { who: "a", other: "x" } }),
    () => dispatch({ inputs: {} }),
    () => dispatch({ inputs: { who: "z" } }),
    () => dispatch({ ref: "no-such-branch", inputs: { who: "a" } }),
    () => dispatch({ inputs: {} }, "no-such-file.yml"),
    () => octokit.git.createRef({ ...place, ref: "refs/heads/main", sha: main }),
    () => octokit.git.updateRef({ ...place, ref: "heads/no-such-branch", sha: main }),
    () => octokit.pulls.create({ ...place, title: "t", head: "main", base: "main" }),
    () => octokit.pulls.create({ ...place, title: "t", head: "no-such-branch", base: "main" }),
    () => octokit.actions.getWorkflowRun({ ...place, run_id: 1 }),
  ];
  const answers: { status: number; message: string }[] = [];
  for (const call of calls) answers.push(await refusalOf(call()));
  return answers;
}

async function writeSmoke(octokit: Octokit, place: Place, workflow: string): Promise<void> {
  const path = ".github/workflows/smoke.yml";
  const existing = await octokit.repos.getContent({ ...place, path }).catch(() => undefined);
  const sha = existing === undefined ? undefined : (existing.data as { sha: string }).sha;
  const content = Buffer.from(workflow).toString("base64");
  await octokit.repos.createOrUpdateFileContents({
    ...place,
    path,
    message: "smoke",
    content,
    ...(sha === undefined ? {} : { sha }),
  });
}
