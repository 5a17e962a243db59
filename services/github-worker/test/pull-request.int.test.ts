import { revisionBranch, skillPath } from "@infraskill/contracts/skill";
import { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { ProxyFault } from "@infraskill/testing/faulty-proxy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobSha } from "../src/git-blob.ts";
import { handleRevision } from "../src/handler.ts";
import { handleDiscard, handleRetirement } from "../src/pull-request/discard.ts";
import { handlePullRequest } from "../src/pull-request/handle.ts";
import { checkName } from "../src/pull-request-check/check-head.ts";
import { handlePullRequestWatch } from "../src/pull-request-watch/handle.ts";
import { context, keepRevision, startBench, type Bench } from "./bench.ts";
import { checksAt, mergePull, putFile } from "./people.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

type Work = ReturnType<typeof keepRevision>;

/** Does the job of a revision and says what was reported. */
async function work(on: Work, handler = handlePullRequest): Promise<RevisionEvent | undefined> {
  const before = bench.registry.reports.length;
  await handleRevision([handler], { id: String(on.id), version: on.version }, context, bench.tools);
  const [report, ...more] = bench.registry.reports.slice(before);
  expect(more).toEqual([]);
  return report === undefined ? undefined : RevisionEvent.parse(report.event);
}

async function pullsOf({ skill_name, revision }: Work) {
  const { octokit, repository } = bench.github;
  const head = `${repository.owner}:${revisionBranch(skill_name, revision)}`;
  return (await octokit.request("GET /repos/{owner}/{repo}/pulls", { ...repository, head, state: "all" })).data;
}

describe("a revision's pull request", () => {
  it("holds exactly the revision's text, on a branch of its own, with a body for the reviewer", async () => {
    const revision = keepRevision(bench);
    const event = await work(revision);
    const [pull, ...others] = await pullsOf(revision);
    expect(others).toEqual([]);
    expect(event).toEqual({
      type: "pr_opened",
      pr_number: pull?.number,
      pr_url: pull?.html_url,
      head_sha: pull?.head.sha,
      blob_sha: blobSha(revision.yaml_content),
    });
    expect(pull).toMatchObject({
      state: "open",
      title: `Add skill ${revision.skill_name} (revision 1)`,
      base: { ref: "main" },
    });
    expect(pull?.body).toContain("Says hello.");
    const { octokit, repository } = bench.github;
    const { data: files } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
      ...repository,
      pull_number: pull?.number ?? 0,
    });
    expect(files.map(({ filename, status, sha }) => ({ filename, status, sha }))).toEqual([
      { filename: skillPath(revision.skill_name), status: "added", sha: blobSha(revision.yaml_content) },
    ]);
  });

  it("tells its reviewer what the check found, actionlint included", async () => {
    const at = { line: 20, column: 9, end_line: 20, end_column: 12, fix: null };
    const revision = keepRevision(bench, {
      diagnostics: [{ source: "actionlint", severity: "warning", rule: "shellcheck", message: "SC2086", ...at }],
    });
    await work(revision);
    const [pull] = await pullsOf(revision);
    expect(pull?.body).toContain("| warning | actionlint | ` shellcheck ` | 20 | ` SC2086 ` |");
  });

  it("is not touched by a job that is late", async () => {
    const revision = keepRevision(bench);
    const job = { id: String(revision.id), version: revision.version };
    revision.version += 1;
    const asked = bench.proxy.seen.length;
    await handleRevision([handlePullRequest], job, context, bench.tools);
    expect(bench.proxy.seen.length).toBe(asked);
    expect(await pullsOf(revision)).toEqual([]);
  });

  const lost = (path: RegExp): ProxyFault => ({ method: "POST", path, when: "after", answer: "reset" });
  it.each([
    ["tree", lost(/git\/trees$/)],
    ["commit", lost(/git\/commits$/)],
    ["branch", lost(/git\/refs$/)],
    ["pull request", lost(/pulls$/)],
  ])("is one, however often the answer about the %s is lost", async (_, fault) => {
    const revision = keepRevision(bench);
    bench.proxy.faults.push(fault);
    expect(await work(revision)).toMatchObject({ type: "postponed", wait_ms: 10_000 });
    bench.proxy.faults.push(fault);
    await work(revision);
    expect(await work(revision)).toMatchObject({ type: "pr_opened" });
    expect(await work(revision)).toMatchObject({ type: "pr_opened" });
    expect(await pullsOf(revision)).toHaveLength(1);
    expect(bench.proxy.faults.splice(0).length).toBeLessThan(2);
  });

  it("keeps the commit of an earlier try when the default branch has moved since", async () => {
    const revision = keepRevision(bench);
    bench.proxy.faults.push({ method: "POST", path: /pulls$/, when: "before", answer: { status: 502 } });
    expect(await work(revision)).toMatchObject({ type: "postponed" });
    const { octokit, repository } = bench.github;
    const ref = `heads/${revisionBranch(revision.skill_name, 1)}`;
    const head = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...repository, ref });
    await putFile(bench.github, "notes.md", `moved for ${revision.skill_name}`);
    expect(await work(revision)).toMatchObject({ type: "pr_opened", head_sha: head.data.object.sha });
  });

  it("is refused, and the branch left alone, when somebody else has put another text there", async () => {
    const revision = keepRevision(bench);
    bench.proxy.faults.push({ method: "POST", path: /pulls$/, when: "before", answer: { status: 502 } });
    await work(revision);
    const branch = revisionBranch(revision.skill_name, 1);
    await putFile(bench.github, skillPath(revision.skill_name), "on: push\n", branch);
    expect(await work(revision)).toMatchObject({
      type: "pr_refused",
      detail: expect.stringContaining("left as it is"),
    });
    expect(await pullsOf(revision)).toEqual([]);
  });

  /** A second revision whose file stands on the default branch already; `change` is what it says beside the file. */
  async function standing(change: Partial<Work>) {
    const first = keepRevision(bench);
    const { skill_name, description, category, inputs_schema, outputs_schema, yaml_content } = first;
    const commit_hash = await putFile(bench.github, skillPath(skill_name), yaml_content);
    const told = { description, category, concurrency: null, inputs_schema, outputs_schema, yaml_content };
    return keepRevision(bench, {
      ...told,
      skill_name,
      revision: 2,
      active: { ...told, revision: 1, commit_hash },
      ...change,
    });
  }

  it("is refused when the default branch has that very text already, and nothing else is new", async () => {
    expect(await work(await standing({}))).toMatchObject({
      type: "pr_refused",
      detail: expect.stringContaining("nothing to review"),
    });
  });

  it("is an empty commit with a body that says what is new, when the file stays as it is", async () => {
    const revision = await standing({ concurrency: { limit: 2 } });
    expect(await work(revision)).toMatchObject({ type: "pr_opened", blob_sha: blobSha(revision.yaml_content) });
    const [pull, ...others] = await pullsOf(revision);
    expect(others).toEqual([]);
    expect(pull?.body).toContain("| skill | limit | none → 2 at once | may wait |");
    expect(pull?.body).toContain("no file is shown as changed");
    const { octokit, repository } = bench.github;
    const at = { ...repository, pull_number: pull?.number ?? 0 };
    const { data: files } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", at);
    const { data: commits } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", at);
    expect([files.length, commits.length]).toEqual([0, 1]);
    const treeOf = async (commit_sha: string) =>
      (await octokit.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { ...repository, commit_sha })).data
        .tree.sha;
    expect(await treeOf(pull?.head.sha ?? "")).toBe(await treeOf(pull?.base.sha ?? ""));
  });

  it.each<[string, Partial<Work>]>([
    ["description", { description: "Says hello, louder." }],
    ["category", { category: "greetings" }],
    ["schema", { outputs_schema: { type: "object", properties: {}, title: "None" } }],
  ])("proposes another %s alone", async (_, change) => {
    expect(await work(await standing(change))).toMatchObject({ type: "pr_opened" });
  });

  it("proposes a first revision whose file is there already, and a text that has drifted to what is proposed", async () => {
    expect(await work(await standing({ active: null, revision: 1 }))).toMatchObject({ type: "pr_opened" });
    const drifted = await standing({});
    Object.assign(drifted, { active: { ...drifted.active, yaml_content: "on: push\n" } });
    expect(await work(drifted)).toMatchObject({ type: "pr_opened" });
  });

  it.each([
    ["tree", /git\/trees$/],
    ["commit", /git\/commits$/],
    ["branch", /git\/refs$/],
    ["pull request", /pulls$/],
  ])("with an empty commit is one as well, when the answer about the %s is lost", async (_, path) => {
    const revision = await standing({ concurrency: { limit: 2 } });
    bench.proxy.faults.push({ method: "POST", path, when: "after", answer: "reset" });
    expect(await work(revision)).toMatchObject({ type: "postponed" });
    await putFile(bench.github, "notes.md", `moved for ${revision.skill_name} ${path.source}`);
    expect(await work(revision)).toMatchObject({ type: "pr_opened" });
    expect(await work(revision)).toMatchObject({ type: "pr_opened" });
    expect(await pullsOf(revision)).toHaveLength(1);
  });

  it("moves a branch of its name forward that the default branch has overtaken", async () => {
    const revision = await standing({ concurrency: { limit: 2 } });
    const { octokit, repository } = bench.github;
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ...repository,
      ref: "heads/main",
    });
    const ref = `refs/heads/${revisionBranch(revision.skill_name, 2)}`;
    await octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...repository, ref, sha: data.object.sha });
    expect(await work(revision)).toMatchObject({ type: "pr_opened" });
    expect(await pullsOf(revision)).toHaveLength(1);
  });

  it("is found again when it was merged before its opening could be told", async () => {
    const revision = keepRevision(bench);
    bench.proxy.faults.push({ method: "POST", path: /pulls$/, when: "after", answer: "reset" });
    await work(revision);
    const [pull] = await pullsOf(revision);
    await mergePull(bench.github, pull?.number ?? 0);
    expect(await work(revision)).toMatchObject({ type: "pr_opened", pr_number: pull?.number });
  });

  it("names the ones whose place it took", async () => {
    const revision = keepRevision(bench, { replaced_pr_numbers: [4, 9] });
    expect(await work(revision)).toMatchObject({ type: "pr_opened" });
    expect(await pullsOf(revision)).toMatchObject([
      { state: "open", body: expect.stringContaining("It takes the place of #4, #9.") },
    ]);
  });

  it.each(["discarding", "retiring", "archived"] as const)(
    "is closed again when the revision is %s by the time it is told",
    async (status) => {
      const revision = keepRevision(bench);
      bench.registry.beforeReport = (row) => Object.assign(row, { status, version: row.version + 1 });
      await work(revision);
      bench.registry.beforeReport = () => undefined;
      expect(await pullsOf(revision)).toMatchObject([{ state: "closed" }]);
    },
  );

  it("stays open when another worker has told of it", async () => {
    const revision = keepRevision(bench);
    bench.registry.beforeReport = (row) => Object.assign(row, { status: "pending_approval", version: row.version + 1 });
    await work(revision);
    bench.registry.beforeReport = () => undefined;
    expect(await pullsOf(revision)).toMatchObject([{ state: "open" }]);
  });

  it.each<[string, ProxyFault["answer"], object]>([
    [
      "waits out a rate limit",
      { status: 429, headers: { "retry-after": "7" }, body: { message: "slow down" } },
      { type: "postponed", wait_ms: 8_000 },
    ],
    [
      "waits out a secondary limit",
      { status: 403, headers: { "retry-after": "7" }, body: { message: "secondary rate limit" } },
      { type: "postponed", wait_ms: 8_000 },
    ],
    ["waits while GitHub is down", { status: 503 }, { type: "postponed", wait_ms: 10_000 }],
    ["tries again when the connection breaks", "reset", { type: "postponed", wait_ms: 10_000 }],
    [
      "waits for a person when the repository has moved, and does not follow",
      { status: 301, headers: { location: "http://127.0.0.1:1/elsewhere" }, body: { message: "Moved Permanently" } },
      { type: "postponed", wait_ms: 60_000, detail: expect.stringContaining("http://127.0.0.1:1/elsewhere") },
    ],
    [
      "waits for the credential",
      { status: 401, body: { message: "Bad credentials" } },
      { type: "postponed", wait_ms: 60_000 },
    ],
    [
      "waits when the repository is out of sight",
      { status: 404, body: { message: "Not Found" } },
      { type: "postponed", wait_ms: 60_000 },
    ],
    [
      "waits for a permission",
      { status: 403, body: { message: "Resource not accessible by integration" } },
      { type: "postponed", wait_ms: 60_000, detail: "Making the branch: Resource not accessible by integration" },
    ],
    [
      "ends with GitHub's words when they are definite",
      { status: 422, body: { message: "Validation Failed", errors: [{ message: "no such luck" }] } },
      { type: "pr_refused", detail: "Making the branch: Validation Failed no such luck" },
    ],
  ])("%s", async (_, answer, expected) => {
    const revision = keepRevision(bench);
    bench.proxy.faults.push({ method: "POST", path: /git\/refs$/, when: "before", answer });
    expect(await work(revision)).toMatchObject(expected);
  });
});

describe("an open pull request", () => {
  async function open() {
    const revision = keepRevision(bench);
    const event = await work(revision);
    if (event?.type !== "pr_opened") throw new Error("no pull request");
    Object.assign(revision, { status: "pending_approval", pr_number: event.pr_number });
    return { revision, pull_number: event.pr_number };
  }
  const watch = (revision: Work) => work(revision, handlePullRequestWatch);

  it("is watched by its ETag until it is merged", async () => {
    const { revision, pull_number } = await open();
    const first = await watch(revision);
    expect(first).toEqual({ type: "watched", etag: expect.any(String) });
    revision.pr_etag = first?.type === "watched" ? first.etag : null;
    expect(await watch(revision)).toEqual(first);
    const sha = await mergePull(bench.github, pull_number);
    expect(await watch(revision)).toEqual({ type: "merged", merge_commit_sha: sha });
  });

  it("is told closed when it is closed unmerged", async () => {
    const { revision, pull_number } = await open();
    const { octokit, repository } = bench.github;
    await octokit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
      ...repository,
      pull_number,
      state: "closed",
    });
    expect(await watch(revision)).toEqual({ type: "closed" });
  });

  it("counts as closed when the repository does not know it", async () => {
    const { revision } = await open();
    revision.pr_number = 9_999;
    expect(await watch(revision)).toEqual({ type: "closed" });
  });

  it("has every commit checked that is found on it, without a webhook", async () => {
    const { revision, pull_number } = await open();
    const branch = revisionBranch(revision.skill_name, revision.revision);
    const { octokit, repository } = bench.github;
    const headOf = async () =>
      (await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...repository, pull_number })).data.head
        .sha;
    const look = async () => {
      const event = await watch(revision);
      if (event?.type !== "watched") throw new Error(`${event?.type} instead of watched`);
      revision.pr_etag = event.etag;
      return event;
    };
    await look();
    expect(await checksAt(bench.github, await headOf())).toMatchObject([{ name: checkName, conclusion: "success" }]);

    const pushed = await putFile(bench.github, skillPath(revision.skill_name), "BAD", branch);
    bench.proxy.faults.push({ method: "POST", path: /check-runs$/, when: "before", answer: { status: 502 } });
    expect(await look()).toMatchObject({ wait_ms: 10_000 });
    expect(await checksAt(bench.github, pushed)).toEqual([]);
    expect(await look()).not.toHaveProperty("wait_ms");
    expect(await checksAt(bench.github, pushed)).toMatchObject([
      { name: checkName, conclusion: "failure", title: "The skill file has 1 error" },
    ]);

    await look();
    bench.proxy.seen.length = 0;
    await look();
    expect(bench.proxy.seen).toHaveLength(1);
    expect(await checksAt(bench.github, pushed)).toHaveLength(1);
  });

  it("is watched further where its check may not be shown", async () => {
    const { revision, pull_number } = await open();
    bench.proxy.faults.push({ method: "POST", path: /check-runs$/, when: "before", answer: { status: 403 } });
    expect(await watch(revision)).toEqual({ type: "watched", etag: expect.any(String) });
    await mergePull(bench.github, pull_number);
    expect(await watch(revision)).toMatchObject({ type: "merged" });
  });
});

describe("the pull request of a revision that is given up", () => {
  async function open() {
    const revision = keepRevision(bench);
    const event = await work(revision);
    if (event?.type !== "pr_opened") throw new Error("no pull request");
    Object.assign(revision, { status: "discarding", pr_number: event.pr_number });
    return { revision, pull_number: event.pr_number };
  }
  const discard = (revision: Work) => work(revision, handleDiscard);
  const stateOf = async (revision: Work) => (await pullsOf(revision)).map(({ state }) => state);

  it("is closed, and told closed as often as it is asked", async () => {
    const { revision } = await open();
    expect(await discard(revision)).toEqual({ type: "closed" });
    expect(await stateOf(revision)).toEqual(["closed"]);
    expect(await discard(revision)).toEqual({ type: "closed" });
  });

  it("stays merged when that was faster", async () => {
    const { revision, pull_number } = await open();
    const merge_commit_sha = await mergePull(bench.github, pull_number);
    expect(await discard(revision)).toEqual({ type: "merged", merge_commit_sha });
  });

  it("is closed also when the answer to that was lost", async () => {
    const { revision } = await open();
    bench.proxy.faults.push({ method: "PATCH", path: /pulls/, when: "after", answer: "reset" });
    expect(await discard(revision)).toMatchObject({ type: "postponed", wait_ms: 10_000 });
    expect(await discard(revision)).toEqual({ type: "closed" });
  });

  it("waits while GitHub does not let it be closed", async () => {
    const { revision } = await open();
    bench.proxy.faults.push({
      method: "PATCH",
      path: /pulls/,
      when: "before",
      answer: { status: 403, body: { message: "Resource not accessible by integration" } },
    });
    expect(await discard(revision)).toEqual({
      type: "postponed",
      detail: "Closing the pull request: Resource not accessible by integration",
      wait_ms: 60_000,
    });
    expect(await stateOf(revision)).toEqual(["open"]);
  });

  it("counts as closed when the repository does not know it", async () => {
    const { revision } = await open();
    revision.pr_number = 9_999;
    expect(await discard(revision)).toEqual({ type: "closed" });
  });

  it.each(["discarding", "retiring"] as const)("is found by its branch when nobody told of it (%s)", async (status) => {
    const { revision, pull_number } = await open();
    Object.assign(revision, { status, pr_number: null });
    const handler = status === "discarding" ? handleDiscard : handleRetirement;
    expect(await work(revision, handler)).toMatchObject({ type: "pr_opened", pr_number: pull_number });
    expect(await stateOf(revision)).toEqual(["open"]);
    Object.assign(revision, { pr_number: pull_number });
    expect(await work(revision, handler)).toEqual({ type: "closed" });
    expect(await stateOf(revision)).toEqual(["closed"]);
  });

  it("is looked for in vain when there is none, and the branch stays", async () => {
    const revision = keepRevision(bench);
    bench.proxy.faults.push({ method: "POST", path: /pulls$/, when: "before", answer: { status: 502 } });
    expect(await work(revision)).toMatchObject({ type: "postponed" });
    Object.assign(revision, { status: "discarding" });
    expect(await discard(revision)).toEqual({ type: "closed" });
    const { octokit, repository } = bench.github;
    const ref = `heads/${revisionBranch(revision.skill_name, 1)}`;
    const there = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...repository, ref });
    expect(there.status).toBe(200);
  });

  it("is looked for again while GitHub is down", async () => {
    const { revision } = await open();
    revision.pr_number = null;
    bench.proxy.faults.push({ method: "GET", path: /pulls\?/, when: "before", answer: { status: 502 } });
    expect(await discard(revision)).toMatchObject({ type: "postponed", wait_ms: 10_000 });
  });

  it("is not closed by a job that is late", async () => {
    const { revision } = await open();
    const job = { id: String(revision.id), version: revision.version };
    Object.assign(revision, { version: revision.version + 1, status: "activating" });
    await handleRevision([handleDiscard], job, context, bench.tools);
    expect(await stateOf(revision)).toEqual(["open"]);
  });
});
