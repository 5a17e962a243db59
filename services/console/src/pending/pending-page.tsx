import type { Revision, Skill } from "@infraskill/contracts/skill";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronRight, GitPullRequestArrow } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useSkills } from "../api/use-skills.ts";
import { skillQuery } from "../api/use-skill.ts";
import { useQueries } from "@tanstack/react-query";
import { ProblemList } from "../skill/problem-list.tsx";
import { StatusBadge } from "../status/status-badge.tsx";
import { revisionLooks } from "../status/status-looks.ts";
import { Age } from "../ui/age.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { ExternalLink } from "../ui/external-link.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { EmptyState, Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { DiscardRevision } from "./discard-revision.tsx";
import { NextAction } from "./next-action.tsx";
import { Stepper } from "./stepper.tsx";

const YamlView = lazy(() => import("../yaml/yaml-view.tsx"));

/** What is on its way to being active, and what got stuck. A card stays while the page is open: it turns active in place, or goes when it is discarded. */
export function PendingPage() {
  const pages = useSkills({ pending: "true" });
  const found = new Map((pages.skills ?? []).map((skill) => [skill.name, skill]));

  const seen = useRef(new Map<string, number>());
  for (const [name, skill] of found) seen.current.set(name, pendingOf(skill).revision);
  const gone = [...seen.current.keys()].filter((name) => !found.has(name));
  const left = useQueries({ queries: gone.map((name) => skillQuery(name)) })
    .flatMap(({ data }) => data ?? [])
    .filter((skill) => pendingOf(skill).revision === seen.current.get(skill.name));
  const skills = [...found.values(), ...left].toSorted((a, b) =>
    pendingOf(b).created_at.localeCompare(pendingOf(a).created_at),
  );

  return (
    <Page title="Pending" lead="Skills and revisions on their way: checked, proposed, reviewed, merged.">
      {pages.isError && pages.skills === undefined ? (
        <ErrorCard error={pages.error} retry={pages.refetch} />
      ) : pages.skills === undefined ? (
        <div role="status" aria-label="Loading" className="grid gap-3">
          <Skeleton className="h-40 rounded-lg!" />
          <Skeleton className="h-40 rounded-lg!" />
        </div>
      ) : skills.length === 0 ? (
        <EmptyState title="Nothing is waiting">
          <p>New skills and revisions stand here until their pull request is merged.</p>
          <Link to="/skills" className={buttonClass()}>
            To the active skills
          </Link>
        </EmptyState>
      ) : (
        <>
          <ul className="grid gap-3">
            {skills.map((skill) => (
              <PendingCard key={skill.name} skill={skill} />
            ))}
          </ul>
          <LoadMore pages={pages} />
        </>
      )}
    </Page>
  );
}

/** The revision that waits: the newer one of an active skill, else the skill's own. */
function pendingOf(skill: Skill): Skill | Revision {
  return skill.pending_revision ?? skill;
}

function PendingCard({ skill }: { skill: Skill }) {
  const pending = pendingOf(skill);
  const { status, pr_number, pr_url, created_by, created_at, failure, yaml_content } = pending;
  const [open, setOpen] = useState(false);
  const errors = pending.validation_errors ?? [];
  const card = useRef<HTMLLIElement>(null);
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status && status === "active") {
      card.current?.animate([{ boxShadow: "0 0 0 3px var(--good)" }, { boxShadow: "0 0 0 3px transparent" }], 1_600);
    }
    before.current = status;
  }, [status]);
  return (
    <li ref={card} className="rounded-lg border border-line bg-panel shadow-flat">
      <div className="grid gap-3 p-3.5">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h2 className="flex flex-wrap items-center gap-2">
              <Link
                to="/skills/$name"
                params={{ name: skill.name }}
                className="font-mono font-medium break-all hover:underline"
              >
                {skill.name}
              </Link>
              <StatusBadge look={revisionLooks[status]} />
            </h2>
            <p className="text-soft">{pending.description}</p>
            <p className="mt-0.5 text-xs text-faint">
              Revision {pending.revision} by {created_by}, <Age at={created_at} />
              {pending !== skill && ` · revision ${skill.revision} keeps working`}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <DiscardRevision skill={skill} />
            {pr_number !== null && (
              <ExternalLink href={pr_url} className={buttonClass("outline")}>
                <GitPullRequestArrow size={14} aria-hidden />
                {status === "pending_approval" ? "Review" : "Open"} PR #{pr_number}
              </ExternalLink>
            )}
          </div>
        </div>
        <Stepper status={status} pr_number={pr_number} />
        {failure !== null && <p className="rounded-md bg-bad-soft px-2.5 py-1.5 text-ink">{failure}</p>}
        {errors.length > 0 && (
          <div className="rounded-md bg-bad-soft px-2.5 py-1.5">
            <ProblemList diagnostics={errors} />
          </div>
        )}
        <NextAction skill={skill} pending={pending} />
      </div>
      <div className="border-t border-line px-2 py-1">
        <Button look="quiet" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />} YAML
        </Button>
        {open && (
          <Suspense fallback={<Skeleton className="m-2 h-40" />}>
            <YamlView text={yaml_content} diagnostics={errors} />
          </Suspense>
        )}
      </div>
    </li>
  );
}
