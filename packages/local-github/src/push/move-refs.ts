import { gitOf, type Github } from "../github.ts";
import type { RefChange } from "../git/git-repository.ts";
import type { Repository } from "../state/documents.ts";
import { afterPush } from "./after-push.ts";

/** Moves refs and does everything that follows from it. False: a ref was not where the caller saw it. */
export async function moveRefs(
  github: Github,
  repository: Repository,
  changes: RefChange[],
  actor: string,
): Promise<boolean> {
  const git = gitOf(github, repository);
  const moved = await git.exclusively(() => git.updateRefs(changes));
  if (moved) await afterPush(github, repository, changes, actor);
  return moved;
}
