import { GithubRun } from "@infraskill/contracts/github-run";
import type { WebhookFact } from "@infraskill/contracts/worker-events";
import { z } from "zod";
import { isSkillPath } from "../skill-path.ts";

/**
 * What a webhook says: facts as they stand, skill files of the default branch that have to be looked at, and a pull request's head to be checked; or why
 * it says nothing here.
 */
export type Interpretation =
  | { facts: WebhookFact[]; skill_files: string[]; pull_head?: PullHead }
  | { ignored: string };

/** The newest commit of a pull request for a skill. */
export type PullHead = { readonly skill_name: string; readonly revision: number; readonly head_sha: string };

/**
 * Reads a webhook of any kind. Never throws: a payload without the expected parts is ignored with the reason.
 * Shapes: https://docs.github.com/webhooks/webhook-events-and-payloads
 *
 * @param repository the configured `owner/name`; what happens elsewhere is none of our business
 */
export function interpret(event: string, payload: unknown, repository: string): Interpretation {
  const origin = Origin.safeParse(payload);
  if (!origin.success) return { ignored: "it names no repository" };
  if (origin.data.repository.full_name.toLowerCase() !== repository.toLowerCase()) {
    return { ignored: "it is about another repository" };
  }
  const read = readers.get(event);
  return read === undefined ? { ignored: "no skill depends on this event" } : read(payload);
}

const Origin = z.object({ repository: z.object({ full_name: z.string() }) });

const readers: ReadonlyMap<string, (payload: unknown) => Interpretation> = new Map([
  ["pull_request", readPullRequest],
  ["push", readPush],
  ["workflow_run", readWorkflowRun],
]);

const PullRequestPayload = z.object({
  action: z.string(),
  pull_request: z.object({
    number: z.number().int(),
    merged: z.boolean().nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.object({ ref: z.string(), sha: z.string(), repo: z.object({ full_name: z.string() }).nullish() }).nullish(),
  }),
  repository: z.object({ full_name: z.string() }),
});

/** Merged is `closed` with `merged === true` and nothing else: unmerged ones carry a `merge_commit_sha` as well. */
function readPullRequest(payload: unknown): Interpretation {
  const parsed = PullRequestPayload.safeParse(payload);
  if (!parsed.success) return unreadable("pull_request");
  const { action, pull_request, repository } = parsed.data;
  const pr_number = pull_request.number;
  const pull_head = readHead(pull_request.head, repository.full_name);
  if (action === "reopened") {
    const facts: WebhookFact[] = [{ type: "pull_request_reopened", pr_number }];
    return { facts, skill_files: [], ...(pull_head === undefined ? {} : { pull_head }) };
  }
  if ((action === "opened" || action === "synchronize") && pull_head !== undefined) {
    return { facts: [], skill_files: [], pull_head };
  }
  if (action !== "closed") return { ignored: "an open pull request changed; only its end counts" };
  if (pull_request.merged !== true) return { facts: [{ type: "pull_request_closed", pr_number }], skill_files: [] };
  const merge_commit_sha = pull_request.merge_commit_sha ?? "";
  if (!isSha(merge_commit_sha)) return { ignored: "a merge without its commit; looking at the pull request finds it" };
  return { facts: [{ type: "pull_request_merged", pr_number, merge_commit_sha }], skill_files: [] };
}

/** Of a branch that infraskill made, in the repository itself: a fork's branch of the same name says nothing. */
function readHead(
  head: z.infer<typeof PullRequestPayload>["pull_request"]["head"],
  repository: string,
): PullHead | undefined {
  const [, skill_name, revision] = /^infraskill\/([a-z][a-z0-9-]{0,62})\/r(\d{1,9})$/.exec(head?.ref ?? "") ?? [];
  if (head === null || head === undefined || skill_name === undefined || !isSha(head.sha)) return undefined;
  return head.repo?.full_name.toLowerCase() === repository.toLowerCase()
    ? { skill_name, revision: Number(revision), head_sha: head.sha }
    : undefined;
}

const Paths = z.array(z.string()).nullish();
const PushPayload = z.object({
  ref: z.string(),
  repository: z.object({ default_branch: z.string() }),
  commits: z.array(z.object({ added: Paths, modified: Paths, removed: Paths })).nullish(),
});

function readPush(payload: unknown): Interpretation {
  const parsed = PushPayload.safeParse(payload);
  if (!parsed.success) return unreadable("push");
  const { ref, repository, commits } = parsed.data;
  if (ref !== `refs/heads/${repository.default_branch}`) return { ignored: "a push beside the default branch" };
  const touched = (commits ?? []).flatMap(({ added, modified, removed }) => [
    ...(added ?? []),
    ...(modified ?? []),
    ...(removed ?? []),
  ]);
  const skill_files = [...new Set(touched.filter(isSkillPath))];
  return skill_files.length === 0 ? { ignored: "the push touched no skill file" } : { facts: [], skill_files };
}

const WorkflowRunPayload = z.object({ workflow_run: z.looseObject({ event: z.string() }) });

function readWorkflowRun(payload: unknown): Interpretation {
  const parsed = WorkflowRunPayload.safeParse(payload);
  if (!parsed.success) return unreadable("workflow_run");
  if (parsed.data.workflow_run.event !== "workflow_dispatch") return { ignored: "a run nobody dispatched" };
  const run = GithubRun.safeParse(parsed.data.workflow_run);
  if (!run.success) return unreadable("workflow_run");
  if (!isSkillPath(run.data.path)) return { ignored: "a run of a workflow that is no skill" };
  return { facts: [{ type: "run_observed", run: run.data }], skill_files: [] };
}

function unreadable(event: string): Interpretation {
  return { ignored: `its body does not have the shape of ${event}` };
}

function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}
