import { gitOf, type Github } from "../github.ts";
import { validationFailed } from "../rest/http-error.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { emitPull } from "./pull-event.ts";
import { writeTestMerge } from "./test-merge.ts";

export type PullEdit = { title?: string; body?: string | null; state?: "open" | "closed"; base?: string };

/** Changes title, text, base or state; each kind of change sends its own event. */
export async function editPull(
  github: Github,
  repository: Repository,
  pull: Pull,
  edit: PullEdit,
  actor: string,
): Promise<Pull> {
  const git = gitOf(github, repository);
  const changes: Record<string, unknown> = {};
  const edited: Pull = { ...pull, updated_at: timestamp() };
  if (edit.title !== undefined && edit.title !== pull.title) {
    changes["title"] = { from: pull.title };
    edited.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== pull.body) {
    changes["body"] = { from: pull.body ?? "" };
    edited.body = edit.body;
  }
  if (edit.base !== undefined && edit.base !== pull.base_ref) {
    const base = await git.ref(`refs/heads/${edit.base}`);
    if (base === undefined) throw validationFailed({ resource: "PullRequest", field: "base", code: "invalid" });
    changes["base"] = { ref: { from: pull.base_ref }, sha: { from: pull.base_sha } };
    edited.base_ref = edit.base;
    edited.base_sha = base.sha;
    edited.merge_commit_sha = await writeTestMerge(github, repository, edited);
  }
  if (Object.keys(changes).length > 0) {
    github.state.pulls.put(edited);
    await emitPull(github, repository, edited, "edited", actor, { changes });
  }
  if (edit.state === undefined || edit.state === pull.state) return edited;
  if (edit.state === "closed") {
    const closed: Pull = { ...edited, state: "closed", closed_at: edited.updated_at };
    github.state.pulls.put(closed);
    await emitPull(github, repository, closed, "closed", actor);
    return closed;
  }
  return reopen(github, repository, edited, actor);
}

async function reopen(github: Github, repository: Repository, pull: Pull, actor: string): Promise<Pull> {
  const problem = { resource: "PullRequest", field: "state", code: "invalid" };
  if (pull.merged)
    throw validationFailed({ ...problem, message: "state cannot be changed. The pull request is already merged." });
  const head = await gitOf(github, repository).ref(`refs/heads/${pull.head_ref}`);
  if (head === undefined) {
    throw validationFailed({
      ...problem,
      message: `state cannot be changed. The ${pull.head_ref} branch has been deleted.`,
    });
  }
  const rival = github.state.pulls.first({
    repository_id: repository.id,
    head_ref: pull.head_ref,
    base_ref: pull.base_ref,
    state: "open",
  });
  if (rival !== undefined) {
    const message = `state cannot be changed. There is already an open pull request (#${rival.number}) from ${pull.head_ref} to ${pull.base_ref}.`;
    throw validationFailed({ ...problem, message });
  }
  const opened: Pull = { ...pull, state: "open", closed_at: null, head_sha: head.sha };
  opened.merge_commit_sha = await writeTestMerge(github, repository, opened);
  github.state.pulls.put(opened);
  await emitPull(github, repository, opened, "reopened", actor);
  return opened;
}
