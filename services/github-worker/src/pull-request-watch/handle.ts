import { readIfChanged } from "@infraskill/github/conditional";
import { attempt } from "@infraskill/github/outcome";
import { waitAfter, UNTIL_REPAIRED_MS } from "@infraskill/github/waiting";
import type { RevisionHandler } from "../handler.ts";
import { checkHead } from "../pull-request-check/check-head.ts";
import { interpretPull } from "./interpret.ts";

/**
 * Asks GitHub whether an open pull request was merged or closed, and has its newest commit checked whenever it changed: the webhook that says so may
 * never come. An unchanged answer (ETag) costs no rate limit.
 */
export const handlePullRequestWatch: RevisionHandler = {
  status: "pending_approval",
  async act({ work }, tools, log) {
    const { octokit, repository } = tools.github;
    const pull_number = work.pr_number;
    if (pull_number === null) throw new Error(`Revision ${work.id} awaits approval without a pull request`);
    const answer = await readIfChanged(work.pr_etag, (headers) =>
      octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...repository, pull_number, headers }),
    );
    if (answer.kind === "refused") {
      const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
      return interpretPull(answer, work.pr_etag, repo.kind === "ok");
    }
    if (answer.kind === "ok" && answer.data.state === "open") {
      const { skill_name, revision } = work;
      const checked = await checkHead({ skill_name, revision, head_sha: answer.data.head.sha }, tools);
      if (checked.kind === "declined") log.warn({ detail: checked.detail }, "Pull request's check could not be shown");
      // With the old ETag the next look finds the pull request changed and checks it.
      else if (checked.kind !== "ok")
        return { type: "watched", etag: work.pr_etag, wait_ms: waitAfter(checked) ?? UNTIL_REPAIRED_MS };
    }
    return interpretPull(answer, work.pr_etag, undefined);
  },
};
