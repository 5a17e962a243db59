import { afterAll, beforeAll, expect, test } from "vitest";
import { owner, repo, startWorld, type World } from "./support/start.ts";
import { commitFiles, openPull, refusalOf } from "./support/work.ts";

const place = { owner, repo };
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test("squash makes one new commit on the base branch, rebase repeats the commits with the same content", async () => {
  const { octokit } = world;
  const first = await openPull(octokit, "squash-me", { "a.txt": "a\n" });
  await commitFiles(octokit, "squash-me", { "a.txt": "a\nb\n" }, "second");
  const before = (await octokit.git.getRef({ ...place, ref: "heads/main" })).data.object.sha;
  const squashed = (await octokit.pulls.merge({ ...place, pull_number: first.number, merge_method: "squash" })).data;
  const commit = (await octokit.repos.getCommit({ ...place, ref: squashed.sha })).data;
  expect(commit.parents.map(({ sha }) => sha)).toEqual([before]);
  expect(commit.commit.message).toContain(`(#${first.number})`);
  expect(commit.files?.map(({ filename }) => filename)).toEqual(["a.txt"]);

  const second = await openPull(octokit, "rebase-me", { "r1.txt": "1\n" });
  await commitFiles(octokit, "rebase-me", { "r2.txt": "2\n" }, "r2");
  await commitFiles(octokit, "main", { "m.txt": "m\n" }, "moves on");
  const main = (await octokit.git.getRef({ ...place, ref: "heads/main" })).data.object.sha;
  const rebased = (await octokit.pulls.merge({ ...place, pull_number: second.number, merge_method: "rebase" })).data;
  const tip = (await octokit.repos.getCommit({ ...place, ref: rebased.sha })).data;
  const below = (await octokit.repos.getCommit({ ...place, ref: tip.parents[0]?.sha ?? "" })).data;
  expect([tip.commit.message, below.commit.message, below.parents[0]?.sha]).toEqual(["r2", "change rebase-me", main]);
});

test("an empty commit makes a pull request without files: merge and squash add a commit, rebase leaves it out", async () => {
  const { octokit, receiver } = world;
  const headOf = async (branch: string) =>
    (await octokit.git.getRef({ ...place, ref: `heads/${branch}` })).data.object.sha;
  const treeOf = async (commit_sha: string) => (await octokit.git.getCommit({ ...place, commit_sha })).data.tree.sha;
  const main = await headOf("main");
  await octokit.git.createRef({ ...place, ref: "refs/heads/no-commit", sha: main });
  const nothing = octokit.pulls.create({ ...place, title: "Nothing", head: "no-commit", base: "main" });
  expect(await refusalOf(nothing)).toMatchObject({
    status: 422,
    errors: [{ message: "No commits between main and no-commit" }],
  });

  for (const merge_method of ["merge", "squash", "rebase"] as const) {
    const before = await headOf("main");
    const pull = await openPull(octokit, `empty-${merge_method}`, {});
    const at = { ...place, pull_number: pull.number };
    expect((await octokit.pulls.get(at)).data).toMatchObject({ mergeable: true, commits: 1, changed_files: 0 });
    expect((await octokit.pulls.listFiles(at)).data).toEqual([]);
    const { sha } = (await octokit.pulls.merge({ ...at, merge_method })).data;
    expect(await headOf("main")).toBe(sha);
    expect(await treeOf(sha)).toBe(await treeOf(before));
    expect(sha === before).toBe(merge_method === "rebase");
    const closed = await receiver.waitFor("pull_request.closed", ({ payload }) => payload["number"] === pull.number);
    expect(closed.payload["pull_request"]).toMatchObject({ merged: true, merge_commit_sha: sha });
  }
});

test("branches that conflict say so and cannot be merged", async () => {
  const { octokit } = world;
  await commitFiles(octokit, "main", { "c.txt": "base\n" });
  const pull = await openPull(octokit, "conflict", { "c.txt": "theirs\n" });
  await commitFiles(octokit, "main", { "c.txt": "ours\n" });
  const seen = (await octokit.pulls.get({ ...place, pull_number: pull.number })).data;
  expect(seen).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
  for (const merge_method of ["merge", "squash", "rebase"] as const) {
    expect(await refusalOf(octokit.pulls.merge({ ...place, pull_number: pull.number, merge_method }))).toEqual({
      status: 405,
      message: "Pull Request is not mergeable",
    });
  }
});

test("closing, reopening, editing, updating and deleting the branch each send their event", async () => {
  const { octokit, receiver } = world;
  const { number } = await openPull(octokit, "busy", { "busy.txt": "1\n" });
  const isThis = ({ payload }: { payload: Record<string, unknown> }) => payload["number"] === number;
  await octokit.pulls.update({ ...place, pull_number: number, title: "Better", body: "Words" });
  const edited = await receiver.waitFor("pull_request.edited", isThis);
  expect(edited.payload["changes"]).toEqual({ title: { from: "Change busy" }, body: { from: "Why." } });
  const head = await commitFiles(octokit, "busy", { "busy.txt": "2\n" });
  const synchronized = await receiver.waitFor("pull_request.synchronize", isThis);
  expect(synchronized.payload).toMatchObject({ after: head, pull_request: { head: { sha: head } } });
  await octokit.pulls.update({ ...place, pull_number: number, state: "closed" });
  const closed = await receiver.waitFor("pull_request.closed", isThis);
  const pull = closed.payload["pull_request"] as { merged: boolean; merge_commit_sha: string | null };
  expect(pull.merged).toBe(false);
  expect(pull.merge_commit_sha).not.toBeNull();
  await octokit.pulls.update({ ...place, pull_number: number, state: "open" });
  await receiver.waitFor("pull_request.reopened", isThis);
  await octokit.git.deleteRef({ ...place, ref: "heads/busy" });
  const gone = (await octokit.pulls.get({ ...place, pull_number: number })).data;
  expect(gone).toMatchObject({ state: "closed", merged: false });
  expect(await refusalOf(octokit.pulls.update({ ...place, pull_number: number, state: "open" }))).toMatchObject({
    status: 422,
    message: "Validation Failed",
  });
});

test("a second pull request of the same branch is refused, and the first is found by head", async () => {
  const { octokit } = world;
  const { number } = await openPull(octokit, "twice", { "twice.txt": "1\n" });
  const again = { ...place, title: "Again", head: "twice", base: "main" };
  expect(await refusalOf(octokit.pulls.create(again))).toEqual({
    status: 422,
    message: "Validation Failed",
    errors: [{ resource: "PullRequest", code: "custom", message: "A pull request already exists for acme:twice." }],
  });
  const listed = (await octokit.pulls.list({ ...place, head: "acme:twice", state: "all" })).data;
  expect(listed.map((one) => one.number)).toEqual([number]);
  expect(await refusalOf(octokit.pulls.create({ ...again, head: "nowhere" }))).toMatchObject({ status: 422 });
  expect(await refusalOf(octokit.pulls.create({ ...again, head: "main" }))).toMatchObject({
    errors: [{ message: "No commits between main and main" }],
  });
});

test("a merge asks for the head it was shown", async () => {
  const { octokit } = world;
  const pull = await openPull(octokit, "expected", { "expected.txt": "1\n" });
  await commitFiles(octokit, "expected", { "expected.txt": "2\n" });
  expect(await refusalOf(octokit.pulls.merge({ ...place, pull_number: pull.number, sha: pull.head.sha }))).toEqual({
    status: 409,
    message: "Head branch was modified. Review and try the merge again.",
  });
});

test("commits that reach the base branch by a push count as merged", async () => {
  const { octokit } = world;
  const pull = await openPull(octokit, "by-push", { "by-push.txt": "1\n" });
  await octokit.git.updateRef({ ...place, ref: "heads/main", sha: pull.head.sha });
  const merged = (await octokit.pulls.get({ ...place, pull_number: pull.number })).data;
  expect(merged).toMatchObject({ merged: true, merge_commit_sha: pull.head.sha });
});

test("labels, comments and checks belong to a pull request", async () => {
  const { octokit } = world;
  const pull = await openPull(octokit, "talk", { "talk.txt": "1\n" });
  const issue = { ...place, issue_number: pull.number };
  await octokit.issues.addLabels({ ...issue, labels: ["skill", "red"] });
  await octokit.issues.removeLabel({ ...issue, name: "red" });
  expect((await octokit.issues.listLabelsOnIssue(issue)).data.map(({ name }) => name)).toEqual(["skill"]);
  const comment = (await octokit.issues.createComment({ ...issue, body: "Looks **fine**" })).data;
  await octokit.issues.updateComment({ ...place, comment_id: comment.id, body: "Better" });
  expect((await octokit.issues.listComments(issue)).data.map(({ body }) => body)).toEqual(["Better"]);
  const check = (
    await octokit.checks.create({ ...place, name: "lint", head_sha: pull.head.sha, status: "in_progress" })
  ).data;
  expect((await octokit.pulls.get({ ...place, pull_number: pull.number })).data.mergeable_state).toBe("unstable");
  await octokit.checks.update({
    ...place,
    check_run_id: check.id,
    conclusion: "success",
    output: { title: "ok", summary: "fine" },
  });
  const listed = (await octokit.checks.listForRef({ ...place, ref: pull.head.sha })).data;
  expect(listed.check_runs.map(({ name, conclusion }) => ({ name, conclusion }))).toEqual([
    { name: "lint", conclusion: "success" },
  ]);
  expect((await octokit.pulls.get({ ...place, pull_number: pull.number })).data.mergeable_state).toBe("clean");
  const at = { ...place, ref: pull.head.sha };
  expect((await octokit.repos.getCombinedStatusForRef(at)).data).toMatchObject({ state: "pending", total_count: 0 });
  const tell = (state: "failure" | "success") =>
    octokit.repos.createCommitStatus({ ...place, sha: pull.head.sha, context: "policy", state, description: state });
  await tell("failure");
  expect((await octokit.pulls.get({ ...place, pull_number: pull.number })).data.mergeable_state).toBe("unstable");
  await tell("success");
  expect((await octokit.repos.listCommitStatusesForRef(at)).data.map(({ state }) => state)).toEqual([
    "success",
    "failure",
  ]);
  expect((await octokit.repos.getCombinedStatusForRef(at)).data).toMatchObject({ state: "success", total_count: 1 });
  expect((await octokit.pulls.get({ ...place, pull_number: pull.number })).data.mergeable_state).toBe("clean");
  await octokit.pulls.merge({ ...place, pull_number: pull.number });
});

test("a protected branch takes a pull request only with its check and its review", async () => {
  const { octokit } = world;
  await octokit.repos.updateBranchProtection({
    ...place,
    branch: "main",
    required_status_checks: { strict: false, contexts: ["lint"] },
    enforce_admins: true,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  });
  const pull = await openPull(octokit, "guarded", { "guarded.txt": "1\n" });
  const merge = () => octokit.pulls.merge({ ...place, pull_number: pull.number });
  expect(await refusalOf(merge())).toEqual({
    status: 405,
    message: "At least 1 approving review is required by reviewers with write access.",
  });
  expect(
    await refusalOf(octokit.pulls.createReview({ ...place, pull_number: pull.number, event: "APPROVE" })),
  ).toMatchObject({
    status: 422,
    errors: ["Review Can not approve your own pull request"],
  });
  const reviewer = world.as(await world.tokenFor("hubot"));
  await reviewer.pulls.createReview({ ...place, pull_number: pull.number, event: "APPROVE" });
  expect(await refusalOf(merge())).toEqual({ status: 405, message: 'Required status check "lint" is expected.' });
  expect((await octokit.pulls.get({ ...place, pull_number: pull.number })).data.mergeable_state).toBe("blocked");
  await octokit.checks.create({ ...place, name: "lint", head_sha: pull.head.sha, conclusion: "success" });
  expect((await merge()).data.merged).toBe(true);
  expect((await octokit.repos.getBranch({ ...place, branch: "main" })).data.protected).toBe(true);
  await octokit.repos.deleteBranchProtection({ ...place, branch: "main" });
});

test("every answer and every event fits GitHub's description", () => {
  expect(world.faults).toEqual([]);
  expect(world.receiver.faults).toEqual([]);
});
