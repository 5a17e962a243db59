import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { owner, repo, startWorld, token, type World } from "./support/start.ts";
import { commitFiles, openPull, refusalOf } from "./support/work.ts";

const place = { owner, repo };
const run = promisify(execFile);
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test("the git data API makes what git makes, byte for byte", async () => {
  const { octokit } = world;
  const content = "Grüße\n";
  const blob = (await octokit.git.createBlob({ ...place, content })).data;
  const bytes = Buffer.from(content);
  expect(blob.sha).toBe(createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex"));
  expect(
    Buffer.from((await octokit.git.getBlob({ ...place, file_sha: blob.sha })).data.content, "base64").toString(),
  ).toBe(content);
  const tree = await octokit.git.createTree({
    ...place,
    tree: [{ path: "a/b.txt", mode: "100644", type: "blob", sha: blob.sha }],
  });
  const person = { name: "Ada", email: "ada@example.com", date: "2026-01-02T03:04:05Z" };
  const commit = () =>
    octokit.git.createCommit({
      ...place,
      message: "m",
      tree: tree.data.sha,
      parents: [],
      author: person,
      committer: person,
    });
  const [first, second] = [await commit(), await commit()];
  expect(first.data.sha).toBe(second.data.sha);
  expect(first.data.author).toEqual(person);
  const listed = (await octokit.git.getTree({ ...place, tree_sha: first.data.sha, recursive: "1" })).data;
  expect(listed.tree.map(({ path, type }) => ({ path, type }))).toEqual([
    { path: "a", type: "tree" },
    { path: "a/b.txt", type: "blob" },
  ]);
});

test("refs are made once, moved forward, and forced only when asked", async () => {
  const { octokit } = world;
  const sha = await commitFiles(octokit, "refs", { "1.txt": "1" });
  const next = await commitFiles(octokit, "refs", { "1.txt": "2" });
  expect(await refusalOf(octokit.git.createRef({ ...place, ref: "refs/heads/refs", sha }))).toEqual({
    status: 422,
    message: "Reference already exists",
  });
  expect(await refusalOf(octokit.git.updateRef({ ...place, ref: "heads/refs", sha }))).toEqual({
    status: 422,
    message: "Update is not a fast forward",
  });
  await octokit.git.updateRef({ ...place, ref: "heads/refs", sha, force: true });
  const push = await world.receiver.waitFor("push", ({ payload }) => payload["forced"] === true);
  expect(push.payload).toMatchObject({ ref: "refs/heads/refs", before: next, after: sha });
  await octokit.git.createRef({ ...place, ref: "refs/tags/v1", sha });
  expect((await octokit.git.getRef({ ...place, ref: "tags/v1" })).data.object).toMatchObject({ sha, type: "commit" });
  expect(await refusalOf(octokit.git.getRef({ ...place, ref: "tags/none" }))).toEqual({
    status: 404,
    message: "Not Found",
  });
  expect(await refusalOf(octokit.git.createRef({ ...place, ref: "refs/heads/x..y", sha }))).toMatchObject({
    status: 422,
  });
  expect(await refusalOf(octokit.git.createRef({ ...place, ref: "refs/heads/z", sha: "0".repeat(40) }))).toMatchObject({
    status: 422,
  });
});

test("files are read, written and removed through contents", async () => {
  const { octokit } = world;
  const path = "docs/how to.md";
  const content = Buffer.from("# How\n").toString("base64");
  const made = (await octokit.repos.createOrUpdateFileContents({ ...place, path, message: "add", content })).data;
  const file = { ...place, path, message: "change", content };
  expect(await refusalOf(octokit.repos.createOrUpdateFileContents(file))).toMatchObject({ status: 422 });
  expect(await refusalOf(octokit.repos.createOrUpdateFileContents({ ...file, sha: "0".repeat(40) }))).toMatchObject({
    status: 409,
  });
  const raw = await octokit.repos.getContent({ ...place, path, mediaType: { format: "raw" } });
  expect(raw.data as unknown).toBe("# How\n");
  const listed = (await octokit.repos.getContent({ ...place, path: "docs" })).data;
  expect(listed).toMatchObject([{ name: "how to.md", type: "file", size: 6 }]);
  await octokit.repos.deleteFile({ ...place, path, message: "remove", sha: made.content?.sha ?? "" });
  expect(await refusalOf(octokit.repos.getContent({ ...place, path }))).toEqual({ status: 404, message: "Not Found" });
});

test("commits are listed by page with links, compared, and shown with their files", async () => {
  const { octokit } = world;
  for (const number of [1, 2, 3, 4, 5])
    await commitFiles(octokit, "history", { "count.txt": `${number}\n` }, `c${number}`);
  const page = await octokit.repos.listCommits({ ...place, sha: "history", per_page: 2, page: 2 });
  expect(page.data.map(({ commit }) => commit.message)).toEqual(["c3", "c2"]);
  expect(page.headers.link).toMatch(/page=1>; rel="prev".*page=3>; rel="next"/);
  const all = await octokit.paginate(octokit.repos.listCommits, {
    ...place,
    sha: "history",
    path: "count.txt",
    per_page: 2,
  });
  expect(all).toHaveLength(5);
  const compared = (await octokit.repos.compareCommitsWithBasehead({ ...place, basehead: "main...history" })).data;
  expect(compared).toMatchObject({ status: "ahead", ahead_by: 5, behind_by: 0, total_commits: 5 });
  expect(compared.files).toMatchObject([{ filename: "count.txt", status: "added", additions: 1 }]);
  expect(await refusalOf(octokit.repos.getCommit({ ...place, ref: "nowhere" }))).toMatchObject({ status: 422 });
});

test("an unchanged answer costs nothing: 304 by ETag", async () => {
  const { octokit } = world;
  const first = await octokit.repos.get(place);
  const used = Number(first.headers["x-ratelimit-used"]);
  const again = await refusalOf(
    octokit.repos.get({ ...place, headers: { "if-none-match": first.headers.etag ?? "" } }),
  );
  expect(again.status).toBe(304);
  const after = await octokit.rateLimit.get();
  expect(after.data.resources.core.used).toBe(used);
});

test("git itself clones, pushes and fetches with a token; a push moves the pull request", async () => {
  const { octokit, github, receiver } = world;
  const folder = mkdtempSync(join(tmpdir(), "local-github-clone-"));
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" };
  const git = (...args: string[]) => run("git", args, { cwd: folder, env });
  try {
    const url = `${github.url.replace("//", `//x-access-token:${token}@`)}/${owner}/${repo}.git`;
    const pull = await openPull(octokit, "by-git", { "by-git.txt": "1\n" });
    await git("clone", "--quiet", "--branch", "by-git", url, folder);
    expect(readFileSync(join(folder, "by-git.txt"), "utf8")).toBe("1\n");
    writeFileSync(join(folder, "by-git.txt"), "2\n");
    await git("-c", "user.name=Me", "-c", "user.email=me@example.com", "commit", "--quiet", "-am", "by git");
    await git("push", "--quiet", "origin", "by-git");
    const head = (await git("rev-parse", "HEAD")).stdout.trim();
    const sync = await receiver.waitFor("pull_request.synchronize");
    expect(sync.payload).toMatchObject({ number: pull.number, after: head });
    const push = await receiver.waitFor("push", ({ payload }) => payload["after"] === head);
    expect(push.payload).toMatchObject({ ref: "refs/heads/by-git", commits: [{ id: head, modified: ["by-git.txt"] }] });
    await octokit.pulls.merge({ ...place, pull_number: pull.number });
    await git("fetch", "--quiet", "origin", "main");
    expect((await git("show", "FETCH_HEAD:by-git.txt")).stdout).toBe("2\n");
    await expect(run("git", ["ls-remote", `${github.url}/${owner}/${repo}.git`], { cwd: folder, env })).rejects.toThrow(
      /could not read Username|Authentication/,
    );
    await expect(git("push", "--quiet", "origin", "HEAD:refs/pull/99/head")).rejects.toThrow("403");
    mkdirSync(join(folder, ".github/workflows"), { recursive: true });
    writeFileSync(join(folder, ".github/workflows/sneaky.yml"), "on: push\n");
    await git("add", "-A");
    await git("-c", "user.name=Me", "-c", "user.email=me@example.com", "commit", "--quiet", "-m", "sneaky");
    const narrow = url.replace(token, await world.tokenFor("ada", { contents: "write" }));
    await expect(git("push", "--quiet", narrow, "HEAD:refs/heads/sneaky")).rejects.toThrow("403");
    expect(await refusalOf(octokit.git.getRef({ ...place, ref: "heads/sneaky" }))).toMatchObject({ status: 404 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("repositories are made, renamed and found under their old name", async () => {
  const { octokit } = world;
  const made = (await octokit.repos.createInOrg({ org: "acme", name: "second", private: true, auto_init: true })).data;
  expect(made).toMatchObject({ full_name: "acme/second", default_branch: "main", private: true });
  expect(await refusalOf(octokit.repos.createInOrg({ org: "acme", name: "second" }))).toMatchObject({ status: 422 });
  await octokit.repos.createForAuthenticatedUser({ name: "mine" });
  expect(await refusalOf(octokit.repos.listCommits({ owner: "octocat", repo: "mine" }))).toMatchObject({ status: 409 });
  await octokit.repos.update({ owner: "acme", repo: "second", name: "renamed" });
  expect((await octokit.repos.get({ owner: "acme", repo: "second" })).data.full_name).toBe("acme/renamed");
  await octokit.repos.delete({ owner: "acme", repo: "renamed" });
  expect(await refusalOf(octokit.repos.get({ owner: "acme", repo: "renamed" }))).toEqual({
    status: 404,
    message: "Not Found",
  });
});

test("bodies that are no JSON or miss a field are refused, and nothing is made", async () => {
  const post = (body: string) =>
    fetch(`${world.github.api_url}/repos/acme/ops/git/refs`, {
      method: "POST",
      body,
      headers: { authorization: `token ${token}` },
    });
  const broken = await post("{");
  expect([broken.status, ((await broken.json()) as { message: string }).message]).toEqual([
    400,
    "Problems parsing JSON",
  ]);
  const missing = await post("{}");
  expect([missing.status, ((await missing.json()) as { message: string }).message]).toEqual([
    422,
    'Invalid request.\n\n"ref" wasn\'t supplied.',
  ]);
  const unknown = await fetch(`${world.github.api_url}/nothing/here`);
  expect(await unknown.json()).toEqual({
    message: "Not Found",
    documentation_url: "https://docs.github.com/rest",
    status: "404",
  });
});

test("every answer and every event fits GitHub's description", () => {
  expect(world.faults).toEqual([]);
  expect(world.receiver.faults).toEqual([]);
});
