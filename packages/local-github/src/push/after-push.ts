import { registerWorkflows } from "../actions/register-workflows.ts";
import { triggerByPush } from "../actions/trigger.ts";
import { record, type Github } from "../github.ts";
import { zero_sha, type RefChange } from "../git/git-repository.ts";
import { followPush } from "../pulls/follow-push.ts";
import type { Repository } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { emit } from "../webhooks/emit.ts";
import { pushPayload } from "./push-event.ts";

/**
 * What follows when branches or tags have moved, whoever moved them: workflows of the default branch are registered,
 * `push` is sent, pull requests follow their head branch.
 */
export async function afterPush(
  github: Github,
  before: Repository,
  changes: RefChange[],
  actor: string,
): Promise<void> {
  const visible = changes.filter(
    ({ ref, before: from, after }) => from !== after && (ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/")),
  );
  if (visible.length === 0) return;
  const now = timestamp();
  const stored = github.state.repositories.get(before.id) ?? before;
  const repository = github.state.repositories.put({ ...stored, pushed_at: now, updated_at: now });
  for (const change of visible) {
    record(github, "ref", { ...change, actor }, { repository_id: repository.id });
    if (change.ref === `refs/heads/${repository.default_branch}`) await registerWorkflows(github, repository);
    emit(github, repository, {
      name: "push",
      payload: await pushPayload(github, repository, change, actor),
      sender: actor,
    });
    emitCreateOrDelete(github, repository, change, actor);
    await followPush(github, repository, change, actor);
    await triggerByPush(github, repository, change, actor);
  }
}

function emitCreateOrDelete(github: Github, repository: Repository, change: RefChange, actor: string): void {
  const ref_type = change.ref.startsWith("refs/tags/") ? "tag" : "branch";
  const ref = change.ref.replace(/^refs\/(heads|tags)\//, "");
  const common = { ref, ref_type, pusher_type: "user" };
  if (change.before === zero_sha) {
    const payload = { ...common, master_branch: repository.default_branch, description: repository.description };
    emit(github, repository, { name: "create", payload, sender: actor });
  } else if (change.after === zero_sha) {
    emit(github, repository, { name: "delete", payload: common, sender: actor });
  }
}
