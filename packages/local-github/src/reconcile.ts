import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { registerWorkflows } from "./actions/register-workflows.ts";
import { workFolder } from "./actions/run-request.ts";
import { gitDir, gitOf, type Github } from "./github.ts";
import { asMerged } from "./pulls/as-merged.ts";
import { synchronize } from "./pulls/follow-push.ts";
import { emitPull } from "./pulls/pull-event.ts";
import type { Pull, Repository } from "./state/documents.ts";

/**
 * Brings state and git together after an end that may have come at any moment: locks nobody holds any more, merges
 * that were being written, branches that moved without their pull request, folders of jobs that are over.
 */
export async function reconcile(github: Github): Promise<void> {
  for (const name of readdirSync(workFolder(github))) {
    if (!name.startsWith("artifacts-")) rmSync(join(workFolder(github), name), { recursive: true, force: true });
  }
  for (const repository of github.state.repositories.find()) {
    removeLocks(gitDir(github, repository.id));
    await registerWorkflows(github, repository);
    for (const pull of github.state.pulls.find({ where: { repository_id: repository.id, state: "open" } })) {
      await reconcilePull(github, repository, pull);
    }
  }
}

async function reconcilePull(github: Github, repository: Repository, pull: Pull): Promise<void> {
  const git = gitOf(github, repository);
  if (pull.merging) {
    const { sha, ref, by } = pull.merging;
    if ((await git.ref(ref))?.sha === sha) {
      const merged = github.state.pulls.put(asMerged(pull, sha, by));
      await emitPull(github, repository, merged, "closed", by);
      return;
    }
    github.state.pulls.put({ ...pull, merging: null });
  }
  const head = await git.ref(`refs/heads/${pull.head_ref}`);
  if (head === undefined || head.sha === pull.head_sha) return;
  const change = { ref: head.ref, before: pull.head_sha, after: head.sha };
  await synchronize(github, repository, { ...pull, merging: null }, change, pull.user);
}

function removeLocks(git_dir: string): void {
  for (const entry of readdirSync(git_dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".lock") || entry.parentPath.includes("objects")) continue;
    rmSync(join(entry.parentPath, entry.name), { force: true });
  }
}
