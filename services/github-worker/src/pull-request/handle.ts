import { closingRevisionStatuses } from "@infraskill/contracts/revision-machine";
import { skillPath } from "@infraskill/contracts/skill";
import { isSameDefinition } from "@infraskill/workflow/review/same-definition";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { Failure } from "@infraskill/github/outcome";
import type { RevisionHandler } from "../handler.ts";
import { postponed } from "../postponed.ts";
import type { TakenRevision } from "../revision-work.ts";
import type { Tools } from "../tools.ts";
import { describeFailure, waitAfter } from "@infraskill/github/waiting";
import { createBranch, reuseBranch } from "./branch.ts";
import { makeCommit, makeTree, readBase } from "./commit.ts";
import type { Pull } from "./choose-pull.ts";
import { closePull, createPull, findPull, openedEvent } from "./pulls.ts";

/**
 * Opens a revision's pull request. Every step can be repeated after a crash at any point: the second time finds what the first one made. When the
 * revision was given up meanwhile, the pull request is closed again; should that fail, the job that the revision owes finds it by its branch.
 */
export const handlePullRequest: RevisionHandler = {
  status: "opening_pr",
  act: openPullRequest,
  async takeBack(event, now, { github }, log) {
    if (event.type !== "pr_opened" || !givenUp.includes(now)) return;
    const closed = await closePull(github, event.pr_number);
    if (closed.kind !== "ok") log.warn({ pr_number: event.pr_number }, describeFailure("Closing it again", closed));
  },
};

const givenUp: readonly string[] = [...closingRevisionStatuses, "archived"];

/** Undefined when the revision moved on meanwhile. */
async function openPullRequest(
  { work, stillOwed }: TakenRevision,
  { github }: Tools,
): Promise<RevisionEvent | undefined> {
  const opened = (pull: Pull) => openedEvent(pull, work);

  const base = await readBase(github);
  if (base.kind !== "ok") return postponed("Reading the default branch", base);
  const tree = await makeTree(github, base, work);
  if (tree.kind !== "ok") return judge("Writing the file", tree);
  const file_stands = tree.sha === base.tree;
  if (file_stands) {
    // Merged before the first try could tell, or a revision that says something new about the same file, or nothing to review at all.
    const earlier = await findPull(github, work);
    if (earlier.kind === "ok") return opened(earlier);
    if (earlier.kind !== "none") return postponed("Looking for the pull request", earlier);
    if (work.active !== null && isSameDefinition(work.active, work)) {
      const path = skillPath(work.skill_name);
      return refused(
        `${path} on ${base.branch} already has exactly this text, and revision ${work.active.revision} says the same about it, so there is nothing to review.`,
      );
    }
  }
  const commit = await makeCommit(github, base, tree.sha, work);
  if (commit.kind !== "ok") return judge("Writing the file", commit);

  if (!(await stillOwed())) return undefined;
  let branch = await createBranch(github, work, commit.sha);
  if (branch.kind === "exists") {
    const earlier = await findPull(github, work);
    if (earlier.kind === "ok") return opened(earlier);
    if (earlier.kind !== "none") return postponed("Looking for the pull request", earlier);
    branch = await reuseBranch(github, work, commit.sha);
  }
  if (branch.kind === "foreign" || branch.kind === "exists") {
    return refused(
      "The branch of this revision exists on GitHub with a text that is not this revision's. It is left as it is; delete it, then save the skill again.",
    );
  }
  if (branch.kind !== "ok") return judge("Making the branch", branch);

  if (!(await stillOwed())) return undefined;
  const made = await createPull(github, work, { base: base.branch, file_stands });
  if (made.kind === "ok") return opened(made);
  if (made.kind !== "exists") return judge("Opening the pull request", made);
  const found = await findPull(github, work);
  if (found.kind === "ok") return opened(found);
  if (found.kind !== "none") return postponed("Looking for the pull request", found);
  return refused(
    "GitHub says that the branch of this revision has a pull request, which is older than the revision. Close it, then save the skill again.",
  );
}

function judge(doing: string, failure: Failure): RevisionEvent {
  return waitAfter(failure) === undefined ? refused(describeFailure(doing, failure)) : postponed(doing, failure);
}

function refused(detail: string): RevisionEvent {
  return { type: "pr_refused", detail };
}
