import { readIfChanged } from "@infraskill/github/conditional";
import { attempt } from "@infraskill/github/outcome";
import type { RevisionHandler } from "../handler.ts";
import { interpretPull } from "./interpret.ts";

/** Asks GitHub whether an open pull request was merged or closed. An unchanged answer (ETag) costs no rate limit. */
export const handlePullRequestWatch: RevisionHandler = {
  status: "pending_approval",
  async act({ work }, { github: { octokit, repository } }) {
    const pull_number = work.pr_number;
    if (pull_number === null) throw new Error(`Revision ${work.id} awaits approval without a pull request`);
    const answer = await readIfChanged(work.pr_etag, (headers) =>
      octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...repository, pull_number, headers }),
    );
    if (answer.kind !== "refused") return interpretPull(answer, work.pr_etag, undefined);
    const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
    return interpretPull(answer, work.pr_etag, repo.kind === "ok");
  },
};
