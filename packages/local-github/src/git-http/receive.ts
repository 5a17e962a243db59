import type { Github } from "../github.ts";
import type { RefChange } from "../git/git-repository.ts";
import { zero_sha } from "../git/git-repository.ts";
import type { Repository } from "../state/documents.ts";

/** The ref updates a push asks for: pkt-lines `<old> <new> <ref>` before the first flush. */
export function readRefCommands(body: Buffer): RefChange[] {
  const changes: RefChange[] = [];
  let at = 0;
  while (at + 4 <= body.length) {
    const length = Number.parseInt(body.toString("latin1", at, at + 4), 16);
    if (!(length > 4)) break;
    const line = body.toString("utf8", at + 4, at + length).split("\0")[0] ?? "";
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined && match[3] !== undefined) {
      changes.push({ before: match[1], after: match[2], ref: match[3] });
    }
    at += length;
  }
  return changes;
}

/** Why a push may not be, or undefined: protected branches, and refs that are GitHub's own. */
export function pushRefusal(github: Github, repository: Repository, changes: RefChange[]): string | undefined {
  for (const { ref, after } of changes) {
    if (ref.startsWith("refs/pull/")) return `deny updating a hidden ref: ${ref}`;
    if (!ref.startsWith("refs/heads/")) continue;
    const branch = ref.slice("refs/heads/".length);
    const protection = github.state.protections.first({ repository_id: repository.id, branch });
    if (protection === undefined) continue;
    if (after === zero_sha && !protection.allow_deletions)
      return "GH006: Protected branch update failed: cannot delete this branch.";
    if (protection.required_reviews !== null && protection.enforce_admins) {
      return "GH006: Protected branch update failed: changes must be made through a pull request.";
    }
  }
  return undefined;
}
