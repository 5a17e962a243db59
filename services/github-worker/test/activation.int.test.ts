import { createHash } from "node:crypto";
import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { revisionTag, skillPath } from "@infraskill/contracts/skill";
import { RevisionEvent } from "@infraskill/contracts/worker-events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleActivation } from "../src/activation/handle.ts";
import { blobSha } from "../src/git-blob.ts";
import { handleRevision } from "../src/handler.ts";
import { handlePullRequest } from "../src/pull-request/handle.ts";
import type { Tools } from "../src/tools.ts";
import { context, keepRevision, startBench, type Bench } from "./bench.ts";
import { mergePull, putFile } from "./people.ts";

let bench: Bench;
let asked: unknown[];
let found: Diagnostic[];
let tools: Tools;
beforeAll(async () => {
  bench = await startBench();
  tools = {
    ...bench.tools,
    validator: {
      validate: ({ body }) => {
        asked.push(body);
        return Promise.resolve({ ok: true, status: 200, body: { valid: false, hash: "", diagnostics: found } });
      },
    },
  };
});
afterAll(() => bench[Symbol.asyncDispose]());

/** A revision whose file stands on the default branch as `text`, as if its pull request had been merged. */
async function merged(text: (yaml_content: string) => string = (same) => same, branch?: string) {
  asked = [];
  found = [];
  const revision = keepRevision(bench, { status: "activating" });
  revision.merge_commit_sha = await putFile(
    bench.github,
    skillPath(revision.skill_name),
    text(revision.yaml_content),
    branch,
  );
  return revision;
}

async function activate(revision: ReturnType<typeof keepRevision>): Promise<RevisionEvent> {
  await handleRevision([handleActivation], { id: String(revision.id), version: revision.version }, context, tools);
  return RevisionEvent.parse(bench.registry.reports.at(-1)?.event);
}

async function tagOf({ skill_name, revision }: { skill_name: string; revision: number }): Promise<string | undefined> {
  const { octokit, repository } = bench.github;
  const ref = `tags/${revisionTag(skill_name, revision)}`;
  return await octokit
    .request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...repository, ref })
    .then(({ data }) => data.object.sha)
    .catch(() => undefined);
}

const diagnostic = (severity: Diagnostic["severity"]): Diagnostic => ({
  source: "infraskill",
  severity,
  rule: "r",
  message: "m",
  line: 1,
  column: 1,
  end_line: 1,
  end_column: 2,
  fix: null,
});

describe("activation", () => {
  it.each(["merge", "squash", "rebase"] as const)(
    "pins an empty commit that was merged by %s, and its text as it was reviewed",
    async (method) => {
      const first = await merged();
      await activate(first);
      const { skill_name, yaml_content, description, category, inputs_schema, outputs_schema } = first;
      const told = { description, category, inputs_schema, outputs_schema, yaml_content };
      const commit_hash = first.merge_commit_sha ?? "";
      const revision = keepRevision(bench, {
        ...told,
        skill_name,
        revision: 2,
        concurrency: { limit: 2 },
        active: { ...told, concurrency: null, revision: 1, commit_hash },
      });
      const job = { id: String(revision.id), version: revision.version };
      await handleRevision([handlePullRequest], job, context, tools);
      const opened = RevisionEvent.parse(bench.registry.reports.at(-1)?.event);
      if (opened.type !== "pr_opened") throw new Error(JSON.stringify(opened));
      const merge_commit_sha = await mergePull(bench.github, opened.pr_number, method);
      // A rebase leaves an empty commit out: the head of the default branch stays.
      expect(merge_commit_sha === commit_hash).toBe(method === "rebase");
      Object.assign(revision, { status: "activating", merge_commit_sha });
      asked = [];
      const told_blob = { blob_sha: blobSha(yaml_content), yaml_content };
      expect(await activate(revision)).toMatchObject({
        type: "activated",
        commit_hash: merge_commit_sha,
        ...told_blob,
      });
      expect([await tagOf(first), await tagOf(revision)]).toEqual([commit_hash, merge_commit_sha]);
      expect(asked).toEqual([]);
    },
  );

  it("pins the merge commit and tells the merged text, repeatably", async () => {
    const revision = await merged();
    const expected = {
      type: "activated",
      commit_hash: revision.merge_commit_sha,
      blob_sha: blobSha(revision.yaml_content),
      workflow_id: expect.any(Number),
      repository_id: expect.any(Number),
      yaml_content: revision.yaml_content,
      hash: createHash("sha256").update(revision.yaml_content).digest("hex"),
      diagnostics: [],
    };
    expect(await activate(revision)).toEqual(expected);
    expect(await tagOf(revision)).toBe(revision.merge_commit_sha);
    expect(await activate(revision)).toEqual(expected);
    expect(asked).toEqual([]);
  });

  it("goes on where the answer about the tag was lost", async () => {
    const revision = await merged();
    bench.proxy.faults.push({ method: "POST", path: /git\/refs$/, when: "after", answer: "reset" });
    expect(await activate(revision)).toMatchObject({ type: "postponed" });
    expect(await activate(revision)).toMatchObject({ type: "activated" });
  });

  it("checks an edited text again, and records it with its warnings", async () => {
    const revision = await merged((text) => `${text}# édité\n`);
    found = [diagnostic("warning")];
    const edited = `${revision.yaml_content}# édité\n`;
    expect(await activate(revision)).toMatchObject({
      type: "activated",
      yaml_content: edited,
      blob_sha: blobSha(edited),
      diagnostics: found,
    });
    const { skill_name: name, inputs_schema, outputs_schema } = revision;
    expect(asked).toEqual([{ name, inputs_schema, outputs_schema, yaml_content: edited }]);
  });

  it("refuses an edited text with errors, and pins nothing", async () => {
    const revision = await merged((text) => `${text}# worse\n`);
    found = [diagnostic("error")];
    expect(await activate(revision)).toMatchObject({ type: "activation_refused", diagnostics: found });
    expect(await tagOf(revision)).toBeUndefined();
  });

  it("refuses a tag that names another commit", async () => {
    const revision = await merged();
    const { octokit, repository } = bench.github;
    const elsewhere = await putFile(bench.github, "notes.md", revision.skill_name);
    const ref = `refs/tags/${revisionTag(revision.skill_name, 1)}`;
    await octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...repository, ref, sha: elsewhere });
    expect(await activate(revision)).toMatchObject({
      type: "activation_refused",
      detail: expect.stringContaining("at another commit"),
    });
  });

  it("refuses a merge commit without the file, and one git does not know only waits", async () => {
    const revision = await merged();
    const before = await putFile(bench.github, "notes.md", `${revision.skill_name} again`);
    const missing = keepRevision(bench, { status: "activating", merge_commit_sha: before });
    expect(await activate(missing)).toMatchObject({
      type: "activation_refused",
      detail: expect.stringContaining("has no"),
    });
    const unknown = keepRevision(bench, { status: "activating", merge_commit_sha: "d".repeat(40) });
    expect(await activate(unknown)).toMatchObject({ type: "postponed" });
  });

  it("goes back to the pull request when a merge was told that GitHub does not know", async () => {
    const { octokit, repository } = bench.github;
    const told = "d".repeat(40);
    const revision = keepRevision(bench);
    const job = { id: String(revision.id), version: revision.version };
    await handleRevision([handlePullRequest], job, context, tools);
    const opened = RevisionEvent.parse(bench.registry.reports.at(-1)?.event);
    if (opened.type !== "pr_opened") throw new Error(JSON.stringify(opened));
    const pull_number = opened.pr_number;
    Object.assign(revision, { status: "activating", pr_number: pull_number, merge_commit_sha: told });
    expect(await activate(revision)).toEqual({ type: "merge_disproved" });

    bench.proxy.faults.push({ method: "GET", path: /pulls\/\d+$/, when: "before", answer: { status: 502 } });
    expect(await activate(revision)).toMatchObject({ type: "postponed" });
    const close = "PATCH /repos/{owner}/{repo}/pulls/{pull_number}";
    await octokit.request(close, { ...repository, pull_number, state: "closed" });
    expect(await activate(revision)).toEqual({ type: "merge_disproved" });
    await octokit.request(close, { ...repository, pull_number, state: "open" });
    const merge_commit_sha = await mergePull(bench.github, pull_number);
    expect(await activate(revision)).toEqual({ type: "merge_disproved" });
    Object.assign(revision, { merge_commit_sha });
    expect(await activate(revision)).toMatchObject({ type: "activated", commit_hash: merge_commit_sha });
  });

  it("waits for a commit that the pull request names and GitHub does not show yet", async () => {
    const revision = keepRevision(bench);
    const job = { id: String(revision.id), version: revision.version };
    await handleRevision([handlePullRequest], job, context, tools);
    const opened = RevisionEvent.parse(bench.registry.reports.at(-1)?.event);
    if (opened.type !== "pr_opened") throw new Error(JSON.stringify(opened));
    const merge_commit_sha = await mergePull(bench.github, opened.pr_number);
    Object.assign(revision, { status: "activating", pr_number: opened.pr_number, merge_commit_sha });
    for (const path of [/contents/, /git\/commits/])
      bench.proxy.faults.push({ method: "GET", path, when: "before", answer: { status: 404, body: { message: "" } } });
    expect(await activate(revision)).toMatchObject({ type: "postponed" });
    expect(await activate(revision)).toMatchObject({ type: "activated" });
  });

  it("refuses a file that is not UTF-8", async () => {
    const revision = keepRevision(bench, { status: "activating" });
    const { octokit, repository } = bench.github;
    const { data } = await octokit.request("PUT /repos/{owner}/{repo}/contents/{path}", {
      ...repository,
      path: skillPath(revision.skill_name),
      message: "Bytes",
      content: Buffer.from([0xff, 0xfe, 0x00]).toString("base64"),
    });
    revision.merge_commit_sha = data.commit.sha ?? "";
    expect(await activate(revision)).toMatchObject({
      type: "activation_refused",
      detail: expect.stringContaining("UTF-8"),
    });
  });

  it("waits until GitHub lists the workflow", async () => {
    const revision = await merged();
    const notFound = { status: 404, body: { message: "Not Found" } };
    bench.proxy.faults.push({ method: "GET", path: /actions\/workflows\//, when: "before", answer: notFound });
    expect(await activate(revision)).toMatchObject({ type: "postponed", wait_ms: 2_000 });
    expect(await activate(revision)).toMatchObject({ type: "activated" });
  });

  it("says when a person has to enable the workflow", async () => {
    const revision = await merged();
    const { octokit, repository } = bench.github;
    const workflow_id = skillPath(revision.skill_name).split("/").at(-1) ?? "";
    await octokit.request("PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable", {
      ...repository,
      workflow_id,
    });
    expect(await activate(revision)).toMatchObject({ type: "postponed", detail: expect.stringContaining("disabled") });
  });

  it("refuses a merge that never reached the default branch", async () => {
    const { octokit, repository } = bench.github;
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ...repository,
      ref: "heads/main",
    });
    await octokit.request("POST /repos/{owner}/{repo}/git/refs", {
      ...repository,
      ref: "refs/heads/next",
      sha: data.object.sha,
    });
    const revision = await merged(undefined, "next");
    expect(await activate(revision)).toMatchObject({
      type: "activation_refused",
      detail: expect.stringContaining("merged into another branch"),
    });
  });

  it("waits while GitHub is down", async () => {
    const revision = await merged();
    bench.proxy.faults.push({ method: "GET", path: /contents/, when: "before", answer: { status: 502 } });
    expect(await activate(revision)).toMatchObject({ type: "postponed", wait_ms: 10_000 });
  });
});
