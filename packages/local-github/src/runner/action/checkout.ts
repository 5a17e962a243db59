import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { git, git_env } from "../git.ts";
import { refName } from "../github-context.ts";
import type { ActionCall } from "./call.ts";
import { gitDirOf } from "./git-dir.ts";

const unsupported = ["ssh-key", "ssh-known-hosts", "sparse-checkout", "filter", "github-server-url"];

type Source = { readonly git_dir: string; readonly url: string; readonly commit: string; readonly ref: string };

/**
 * actions/checkout: a real clone of a repository of this server, fetched from its folder, with `origin` and the token
 * set up so that `git push` goes to the server.
 */
export async function checkout(call: ActionCall): Promise<Record<string, string>> {
  const { session } = call.frame;
  for (const name of unsupported)
    if (call.input(name) !== "") throw new Error(`actions/checkout: input '${name}' is not supported by this runner`);
  for (const name of ["submodules", "lfs"]) {
    if (!["", "false"].includes(call.input(name)))
      throw new Error(`actions/checkout: input '${name}' is not supported by this runner`);
  }
  const folder = resolve(session.folders.workspace, call.input("path", "."));
  if (relative(session.folders.workspace, folder).startsWith("..")) {
    throw new Error(`Repository path '${folder}' is not under '${session.folders.workspace}'`);
  }
  const source = await findSource(call);
  call.log(`Syncing repository: ${new URL(source.url).pathname.slice(1)}`);
  await prepareFolder(call, folder, source);
  await fetchCommit(call, folder, source);
  const branch = source.ref.startsWith("refs/heads/") ? refName(source.ref) : null;
  const target = branch === null ? ["--detach", source.commit] : ["-B", branch, `refs/remotes/origin/${branch}`];
  await inTree(folder, ["checkout", "--quiet", "--force", ...target]);
  call.log(await inTree(folder, ["log", "-1", "--format=HEAD is now at %h %s"]).then((text) => text.trimEnd()));
  return { ref: source.ref, commit: source.commit };
}

/** The repository, and which of its commits. */
async function findSource(call: ActionCall): Promise<Source> {
  const { request } = call.frame.session.run;
  const full_name = call.input("repository", request.repository.full_name);
  const git_dir = gitDirOf(call.frame.session, full_name);
  if (git_dir === undefined) throw new Error(`Not Found - the repository '${full_name}' is not on this server`);
  const url = `${request.server_url}/${full_name}`;
  const own = full_name.toLowerCase() === request.repository.full_name.toLowerCase();
  const wanted = call.input("ref");
  if (wanted === "" && own) return { git_dir, url, commit: request.sha, ref: request.ref };
  const candidates =
    wanted === ""
      ? [await headOf(git_dir)]
      : wanted.startsWith("refs/")
        ? [wanted]
        : [`refs/heads/${wanted}`, `refs/tags/${wanted}`];
  for (const ref of candidates) {
    const commit = await commitOf(git_dir, ref);
    if (commit !== undefined) return { git_dir, url, commit, ref };
  }
  const commit = /^[0-9a-f]{40}$/i.test(wanted) ? await commitOf(git_dir, wanted) : undefined;
  if (commit === undefined) throw new Error(`A branch or tag with the name '${wanted}' could not be found`);
  return { git_dir, url, commit, ref: "" };
}

async function prepareFolder(call: ActionCall, folder: string, source: Source): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  if (names.includes(".git")) {
    if (call.input("clean", "true") === "true") {
      await inTree(folder, ["clean", "-ffdxq"]);
      await inTree(folder, ["reset", "--hard", "--quiet"]).catch(() => undefined);
    }
  } else {
    if (names.length > 0) call.log(`Deleting the contents of '${folder}'`);
    await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    await git(["init", "--quiet", "--initial-branch=main", folder]);
    await appendFile(
      join(folder, ".git", "config"),
      `[remote "origin"]\n\turl = ${source.url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[gc]\n\tauto = 0\n`,
    );
  }
  if (call.input("persist-credentials", "true") === "true") await keepToken(call, folder);
}

/** As the real action: an http header in the clone's own configuration, taken out again at the end of the job. */
async function keepToken(call: ActionCall, folder: string): Promise<void> {
  const { session } = call.frame;
  const token = call.input("token", session.token);
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  session.masker.add(basic);
  const section = `[http "${session.run.request.server_url}/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`;
  const file = join(folder, ".git", "config");
  const before = await readFile(file, "utf8");
  if (before.includes(section)) return;
  await writeFile(file, before + section);
  call.atEnd(async () => {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) await writeFile(file, text.replace(section, ""));
  });
}

async function fetchCommit(call: ActionCall, folder: string, source: Source): Promise<void> {
  const depth = call.input("fetch-depth", "1");
  const tags = "+refs/tags/*:refs/tags/*";
  const all = ["+refs/heads/*:refs/remotes/origin/*", tags, source.commit];
  const one = [source.commit, ...(call.input("fetch-tags") === "true" ? [tags] : [])];
  const fetch = ["fetch", "--quiet", "--no-tags", "--force", ...(depth === "0" ? [] : [`--depth=${depth}`])];
  await inTree(folder, [...fetch, source.git_dir, ...(depth === "0" ? all : one)]);
  // The branch may have moved on since: what counts is the commit.
  const local = localRef(source.ref);
  if (local !== null) await inTree(folder, ["update-ref", local, source.commit]);
}

function localRef(ref: string): string | null {
  if (ref.startsWith("refs/heads/")) return `refs/remotes/origin/${refName(ref)}`;
  if (ref.startsWith("refs/pull/")) return `refs/remotes/pull/${refName(ref)}`;
  return ref.startsWith("refs/tags/") ? ref : null;
}

async function inTree(folder: string, args: readonly string[]): Promise<string> {
  return git(args, { cwd: folder, env: { ...git_env, GIT_CEILING_DIRECTORIES: resolve(folder, ".."), ...anyCommit } });
}

/** Lets the other side of a local fetch give out a commit that no ref names. */
const anyCommit = {
  GIT_CONFIG_COUNT: "2",
  GIT_CONFIG_KEY_0: "uploadpack.allowAnySHA1InWant",
  GIT_CONFIG_VALUE_0: "true",
  GIT_CONFIG_KEY_1: "safe.directory",
  GIT_CONFIG_VALUE_1: "*",
};

async function headOf(git_dir: string): Promise<string> {
  return (await git(["--git-dir", git_dir, "symbolic-ref", "HEAD"])).trim();
}

async function commitOf(git_dir: string, ref: string): Promise<string | undefined> {
  return git(["--git-dir", git_dir, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]).then(
    (text) => text.trim(),
    () => undefined,
  );
}
