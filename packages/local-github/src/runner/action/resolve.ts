import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { git, git_env } from "../git.ts";
import type { JobSession } from "../job/session.ts";
import { type ActionDefinition, readDefinition } from "./definition.ts";
import type { EmulatedAction } from "./call.ts";
import { emulated } from "./emulated.ts";
import { gitDirOf } from "./git-dir.ts";

export type ResolvedAction =
  | { readonly kind: "emulated"; readonly run: EmulatedAction }
  | {
      readonly kind: "defined";
      readonly definition: ActionDefinition;
      readonly folder: string;
      readonly repository: string;
      readonly ref: string;
    };

/**
 * Finds what `uses` names: a folder of the workspace (`./x`), an action the runner has built in, or an action in a
 * repository of this server (`owner/repo/path@ref`).
 * @throws Error saying what this runner can use, where it is anything else
 */
export async function resolveAction(session: JobSession, uses: string): Promise<ResolvedAction> {
  if (uses.startsWith("docker://"))
    throw new Error(`'${uses}' is a container action, and this runner has no containers`);
  if (uses.startsWith("./") || uses.startsWith("../")) {
    const folder = resolve(session.folders.workspace, uses);
    return { kind: "defined", folder, repository: "", ref: "", definition: await readDefinition(folder, uses) };
  }
  const match = /^([^/@]+\/[^/@]+)(\/[^@]+)?@(.+)$/.exec(uses);
  if (match === null) throw new Error(`Expected format {org}/{repo}[/path]@ref. Actual '${uses}'`);
  const [, repository = "", path = "", ref = ""] = match;
  const built_in = emulated[repository.toLowerCase() + path];
  if (built_in !== undefined) return { kind: "emulated", run: built_in };
  const folder = join(await fetchAction(session, repository, ref), path);
  return { kind: "defined", folder, repository, ref, definition: await readDefinition(folder, uses) };
}

async function fetchAction(session: JobSession, repository: string, ref: string): Promise<string> {
  const git_dir = gitDirOf(session, repository);
  if (git_dir === undefined) {
    const known = Object.keys(emulated).join(", ");
    throw new Error(
      `Unable to resolve action \`${repository}@${ref}\`: this runner has ${known}, actions of the workspace (./path) and of repositories on this server`,
    );
  }
  const folder = join(session.folders.actions, repository, ref.replaceAll("/", "_"));
  if (await exists(folder)) return folder;
  const commit = await git([
    "--git-dir",
    git_dir,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ]).catch(() => undefined);
  if (commit === undefined)
    throw new Error(`Unable to resolve action \`${repository}@${ref}\`, unable to find version \`${ref}\``);
  await mkdir(folder, { recursive: true });
  const env = { ...git_env, GIT_INDEX_FILE: `${folder}.index` };
  await git(["--git-dir", git_dir, "read-tree", commit.trim()], { env });
  await git(["--git-dir", git_dir, "--work-tree", folder, "checkout-index", "--all"], { env, cwd: folder });
  return folder;
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
