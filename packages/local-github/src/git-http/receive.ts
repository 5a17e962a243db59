import { gunzipSync } from "node:zlib";
import type { FastifyRequest } from "fastify";
import { actorOf, type Caller } from "../auth/caller.ts";
import { gitOf, record, type Github } from "../github.ts";
import type { GitRepository, Ref, RefChange } from "../git/git-repository.ts";
import { zero_sha } from "../git/git-repository.ts";
import { isAncestor } from "../git/history.ts";
import { afterPush } from "../push/after-push.ts";
import { workflowRefusal } from "../push/workflow-permission.ts";
import type { Repository } from "../state/documents.ts";
import { runBackend } from "./backend.ts";

export type Received =
  | { ok: true; status: number; headers: [string, string][]; body: Buffer }
  | { ok: false; refusal: string };

/**
 * Takes a push. What it may not do is refused before git sees it or, where that takes the pushed objects, undone
 * before anybody else sees it. The answer comes when everything that follows from the push is on its way.
 */
export async function receivePush(
  github: Github,
  repository: Repository,
  caller: Caller,
  request: FastifyRequest,
): Promise<Received> {
  const body = await collectBody(request);
  const git = gitOf(github, repository);
  const refusal = refusalBefore(github, repository, readRefCommands(body));
  if (refusal !== undefined) return { ok: false, refusal };
  const received = await git.exclusively(async () => {
    const before = new Map(await git.refs());
    const answer = await runBackend(git.git_dir, "/git-receive-pack", request, body);
    const text = Buffer.concat((await answer.body.toArray()) as Buffer[]);
    git.forgetRefs();
    const changes = changesBetween(before, await git.refs());
    const late = await refusalAfter(github, repository, git, caller, changes);
    if (late !== undefined) {
      await git.updateRefs(changes.map((change) => ({ ...change, before: change.after, after: change.before })));
      return { ok: false as const, refusal: late };
    }
    return { ok: true as const, changes, status: answer.status, headers: answer.headers, body: text };
  });
  if (!received.ok) return received;
  const refs = received.changes.map(({ ref }) => ref);
  record(github, "git_push", { refs, actor: caller.key }, { repository_id: repository.id });
  await afterPush(github, repository, received.changes, actorOf(caller));
  return received;
}

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

function refusalBefore(github: Github, repository: Repository, changes: RefChange[]): string | undefined {
  for (const { ref, after } of changes) {
    if (ref.startsWith("refs/pull/")) return `deny updating a hidden ref: ${ref}`;
    const protection = protectionOf(github, repository, ref);
    if (protection === undefined) continue;
    if (after === zero_sha && !protection.allow_deletions) {
      return "GH006: Protected branch update failed: cannot delete this branch.";
    }
    if (protection.required_reviews !== null && protection.enforce_admins) {
      return "GH006: Protected branch update failed: changes must be made through a pull request.";
    }
  }
  return undefined;
}

async function refusalAfter(
  github: Github,
  repository: Repository,
  git: GitRepository,
  caller: Caller,
  changes: RefChange[],
): Promise<string | undefined> {
  if ((await workflowRefusal(caller, git, changes, repository)) !== undefined) {
    return "refusing to allow this token to create or update a workflow without `workflows` permission";
  }
  for (const { ref, before, after } of changes) {
    const protection = protectionOf(github, repository, ref);
    if (protection === undefined || protection.allow_force_pushes || before === zero_sha || after === zero_sha)
      continue;
    if (!(await isAncestor(git, before, after))) return "GH006: Protected branch update failed: cannot force-push.";
  }
  return undefined;
}

function protectionOf(github: Github, repository: Repository, ref: string) {
  if (!ref.startsWith("refs/heads/")) return undefined;
  const branch = ref.slice("refs/heads/".length);
  return github.state.protections.first({ repository_id: repository.id, branch });
}

function changesBetween(before: Map<string, Ref>, after: Map<string, Ref>): RefChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((ref) => ({ ref, before: before.get(ref)?.sha ?? zero_sha, after: after.get(ref)?.sha ?? zero_sha }))
    .filter((change) => change.before !== change.after);
}

async function collectBody(request: FastifyRequest): Promise<Buffer> {
  const body = Buffer.concat((await request.raw.toArray()) as Buffer[]);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}
