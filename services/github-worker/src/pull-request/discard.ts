import { attempt, type Failure } from "@infraskill/github/outcome";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { RevisionHandler } from "../handler.ts";
import { interpretPull } from "../pull-request-watch/interpret.ts";

/**
 * Closes the pull request of a revision that is given up, and tells how it ended: a merge that was faster stands. Closing what is closed already
 * changes nothing, so it can be repeated after a crash at any point.
 */
export const handleDiscard: RevisionHandler = {
  status: "discarding",
  async act({ work, stillOwed }, { github: { octokit, repository } }) {
    const pull_number = work.pr_number;
    if (pull_number === null) throw new Error(`Revision ${work.id} is to be discarded without a pull request`);
    if (!(await stillOwed())) return undefined;
    const closed = await attempt(() =>
      octokit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
        ...repository,
        pull_number,
        state: "closed",
      }),
    );
    if (closed.kind !== "ok" && closed.kind !== "refused") return waiting(closed);

    const seen = await attempt(() =>
      octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...repository, pull_number }),
    );
    const repo =
      seen.kind === "refused"
        ? await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }))
        : undefined;
    const answer = seen.kind === "ok" ? { ...seen, etag: null } : seen;
    const event = interpretPull(answer, null, repo?.kind === "ok");
    if (event.type === "merged" || event.type === "closed") return event;
    if (closed.kind === "refused") return waiting(closed);
    if (seen.kind !== "ok") return waiting(seen);
    return { type: "postponed", detail: "GitHub does not show the pull request as closed yet.", wait_ms: 2_000 };
  },
};

function waiting(failure: Failure): RevisionEvent {
  return {
    type: "postponed",
    detail: describeFailure("Closing the pull request", failure),
    wait_ms: waitAfter(failure) ?? UNTIL_REPAIRED_MS,
  };
}
