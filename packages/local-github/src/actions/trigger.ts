import { gitOf, type Github } from "../github.ts";
import { zero_sha, type RefChange } from "../git/git-repository.ts";
import { parseWorkflow } from "../runner/workflow/parse.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { viewUser } from "../view/account.ts";
import { viewPull } from "../view/pull.ts";
import { viewRepository } from "../view/repository.ts";
import { filterMatches } from "./event-filter.ts";
import { startNewRun } from "./start-run.ts";

/** Starts the workflows that listen to `push` for a moved ref, with the text they have at the pushed commit. */
export async function triggerByPush(
  github: Github,
  repository: Repository,
  change: RefChange,
  actor: string,
): Promise<void> {
  if (change.after === zero_sha || actor === "github-actions[bot]") return;
  const sha = await gitOf(github, repository).peel(change.after);
  const commit = sha === undefined ? undefined : await gitOf(github, repository).commit(sha);
  if (
    sha === undefined ||
    commit === undefined ||
    /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/i.test(commit.message)
  )
    return;
  const tag = change.ref.startsWith("refs/tags/");
  const name = change.ref.replace(/^refs\/(heads|tags)\//, "");
  await trigger(github, repository, {
    event: "push",
    sha,
    ref: change.ref,
    actor,
    wanted: (filter) => (tag ? filterMatches(filter, { tag: name }) : filterMatches(filter, { branch: name })),
    payload: () =>
      Promise.resolve({
        ...change,
        repository: viewRepository(github, repository),
        sender: viewUser(github, actor),
        pusher: { name: actor },
        head_commit: { id: sha, message: commit.message },
      }),
  });
}

/** Starts the workflows that listen to `pull_request` for this action. */
export async function triggerByPull(
  github: Github,
  repository: Repository,
  pull: Pull,
  action: string,
  actor: string,
): Promise<void> {
  if (pull.merge_commit_sha === null || actor === "github-actions[bot]") return;
  await trigger(github, repository, {
    event: "pull_request",
    sha: pull.merge_commit_sha,
    ref: `refs/pull/${pull.number}/merge`,
    actor,
    wanted: (filter) => filterMatches(filter, { branch: pull.base_ref, action }),
    payload: async () => ({
      action,
      number: pull.number,
      pull_request: await viewPull(github, repository, pull),
      repository: viewRepository(github, repository),
      sender: viewUser(github, actor),
    }),
  });
}

type Occasion = {
  event: string;
  sha: string;
  ref: string;
  actor: string;
  wanted: (filter: unknown) => boolean;
  payload: () => Promise<Record<string, unknown>>;
};

async function trigger(github: Github, repository: Repository, occasion: Occasion): Promise<void> {
  const git = gitOf(github, repository);
  for (const workflow of github.state.workflows.find({ where: { repository_id: repository.id } })) {
    if (workflow.state !== "active") continue;
    const text = (await git.file(occasion.sha, workflow.path))?.content.toString();
    if (text === undefined) continue;
    const parsed = parseWorkflow(text, workflow.path);
    // GitHub cannot read when an invalid file wants to run: every push shows it as a run that failed to start.
    const wanted = parsed.ok
      ? parsed.workflow.events.includes(occasion.event) &&
        occasion.wanted(parsed.workflow.event_filters[occasion.event])
      : occasion.event === "push";
    if (!wanted) continue;
    startNewRun(github, repository, {
      workflow,
      text,
      ref: occasion.ref,
      sha: occasion.sha,
      event: occasion.event,
      event_payload: await occasion.payload(),
      inputs: {},
      typed_inputs: {},
      actor: occasion.actor,
    });
  }
}
