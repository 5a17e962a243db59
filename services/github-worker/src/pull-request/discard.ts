import { attempt } from "@infraskill/github/outcome";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { RevisionWork } from "@infraskill/contracts/registry/work";
import type { Github } from "@infraskill/github/github";
import type { RevisionHandler } from "../handler.ts";
import { postponed } from "../postponed.ts";
import { interpretPull } from "../pull-request-watch/interpret.ts";
import type { TakenRevision } from "../revision-work.ts";
import type { Tools } from "../tools.ts";
import { closePull, findPull, openedEvent } from "./pulls.ts";

/**
 * Closes the pull request of a revision that is given up, and tells how it ended: whether a merge that was faster stands is the registry's to decide.
 * Closing what is closed already changes nothing, so it can be repeated after a crash at any point.
 */
export const handleDiscard: RevisionHandler = { status: "discarding", act: closeGivenUp };

/** The same for a revision of a skill that is archived. */
export const handleRetirement: RevisionHandler = { status: "retiring", act: closeGivenUp };

async function closeGivenUp({ work, stillOwed }: TakenRevision, { github }: Tools): Promise<RevisionEvent | undefined> {
  if (work.pr_number === null) return findGivenUp(github, work);
  const { octokit, repository } = github;
  const pull_number = work.pr_number;
  if (!(await stillOwed())) return undefined;
  const closed = await closePull(github, pull_number);
  if (closed.kind !== "ok" && closed.kind !== "refused") return postponed("Closing the pull request", closed);

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
  if (closed.kind === "refused") return postponed("Closing the pull request", closed);
  if (seen.kind !== "ok") return postponed("Closing the pull request", seen);
  return { type: "postponed", detail: "GitHub does not show the pull request as closed yet.", wait_ms: 2_000 };
}

/**
 * A revision that was given up while its pull request was being opened: the one on its branch is told first, so that a merge of it is known as this
 * revision's. This is looked for only after the opening has had its time; a branch without a pull request stays, as it harms nothing.
 */
async function findGivenUp(github: Github, work: RevisionWork): Promise<RevisionEvent> {
  const found = await findPull(github, work);
  if (found.kind === "ok") return openedEvent(found, work);
  return found.kind === "none" ? { type: "closed" } : postponed("Looking for the pull request", found);
}
