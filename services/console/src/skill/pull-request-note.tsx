import type { Skill } from "@infraskill/contracts/skill";
import { StatusBadge } from "../status/status-badge.tsx";
import { revisionLooks } from "../status/status-looks.ts";
import { ExternalLink } from "../ui/external-link.tsx";
import { DiscardRevision } from "../pending/discard-revision.tsx";
import { isStuck, NextAction } from "../pending/next-action.tsx";
import { ProblemList } from "./problem-list.tsx";

/** A newer revision on its way, or the first one. */
export function PullRequestNote({ skill }: { skill: Skill }) {
  const pending = skill.pending_revision;
  const { status, pr_number, pr_url } = pending ?? skill;
  if (pending === null && (skill.status === "active" || skill.pr_number === null)) return null;
  const errors = pending?.validation_errors ?? [];
  return (
    <section aria-label="Pull request" className="grid gap-2 rounded-lg border border-line bg-panel p-3 shadow-flat">
      <div className="flex flex-wrap items-center gap-2">
        <StatusBadge look={revisionLooks[status]} />
        <span>
          {pending === null
            ? "This skill becomes active when its pull request is merged."
            : `Revision ${pending.revision} ${isStuck(pending.status) ? "got stuck" : "is on its way"}; the active one keeps working.`}
        </span>
        {pr_number !== null && <ExternalLink href={pr_url}>PR #{pr_number}</ExternalLink>}
        <span className="ml-auto">
          <DiscardRevision skill={skill} />
        </span>
      </div>
      {pending?.failure != null && <p className="text-bad">{pending.failure}</p>}
      {errors.length > 0 && <ProblemList diagnostics={errors} />}
      {pending !== null && <NextAction skill={skill} pending={pending} />}
    </section>
  );
}
