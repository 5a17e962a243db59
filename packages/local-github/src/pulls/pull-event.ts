import type { Github } from "../github.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { viewPull } from "../view/pull.ts";
import { emit } from "../webhooks/emit.ts";

/** Sends `pull_request` with the whole pull request as it is now. */
export async function emitPull(
  github: Github,
  repository: Repository,
  pull: Pull,
  action: string,
  sender: string,
  extra: Record<string, unknown> = {},
): Promise<void> {
  const view = await viewPull(github, repository, pull);
  emit(github, repository, {
    name: "pull_request",
    action,
    payload: { number: pull.number, ...extra, pull_request: view },
    sender,
  });
}
