import type { Skill } from "@infraskill/contracts/skill";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, GitPullRequestArrow, ListChecks, LoaderCircle, RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { isRefused, wordsFor } from "../api/refused.ts";
import { skillQuery } from "../api/use-skill.ts";
import { formatClock } from "../lib/time.ts";
import { Stepper } from "../pending/stepper.tsx";
import { ProblemList } from "../skill/problem-list.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { ExternalLink } from "../ui/external-link.tsx";
import type { Draft } from "./draft.ts";
import type { Missing } from "./missing.ts";
import type { Verdict } from "./use-verdict.ts";

/** What was sent, and waits for its pull request. */
export type Sent = { name: string; revision: number };

/** The bar that turns a draft into a pull request, and then shows how far it is. Leaving the page stops nothing. */
export function CreateSkill({
  draft,
  verdict,
  errors,
  missing,
  sent,
  onSent,
  onReturn,
  onRefused,
  onOpened,
  onOpenProblems,
  onOpenField,
}: {
  draft: Draft;
  verdict: Verdict;
  errors: number;
  missing: readonly Missing[];
  sent: Sent | undefined;
  onSent: (sent: Sent | undefined) => void;
  /** The draft is written on; the skill exists meanwhile, with this revision as its newest. */
  onReturn: (base: NonNullable<Draft["base"]>) => void;
  /** The server said no; the next try is another request. */
  onRefused: () => void;
  /** Its pull request is open: the draft has done its work. */
  onOpened: () => void;
  onOpenProblems: () => void;
  /** Goes to what is missing, by its id. */
  onOpenField: (id: string) => void;
}) {
  const client = useQueryClient();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const revising = draft.base !== null;
  const { valid } = verdict;
  const ready = valid === true && missing.length === 0;

  const send = async (base = draft.base): Promise<void> => {
    setSending(true);
    setFailure(undefined);
    const { name, description, category, inputs_schema, outputs_schema, concurrency, yaml_content, key } = draft;
    const body = { name, description, category, inputs_schema, outputs_schema, concurrency, yaml_content };
    try {
      const skill =
        base === null
          ? await bodyOf(api.createSkill({ headers: { "idempotency-key": key }, body }))
          : await bodyOf(
              api.updateSkill({ params: { id: name }, headers: { "if-match": `"${base.revision}"` }, body }),
            );
      client.setQueryData(queryKeys.skill(skill.name), skill);
      void client.invalidateQueries({ queryKey: queryKeys.skillLists });
      onSent({ name: skill.name, revision: (skill.pending_revision ?? skill).revision });
    } catch (error) {
      // Without an answer the skill may exist: the same key then finds it.
      if (isRefused(error)) onRefused();
      setFailure(error);
    } finally {
      setSending(false);
    }
  };

  if (sent !== undefined) {
    const made = { revision: sent.revision, yaml_content: draft.base?.yaml_content ?? draft.yaml_content };
    const back = (): void => {
      onReturn(made);
      onSent(undefined);
    };
    return <Progress sent={sent} onOpened={onOpened} onBack={back} onRetry={() => void send(made)} />;
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button look="filled" aria-disabled={!ready || sending} onClick={() => ready && !sending && void send()}>
        <GitPullRequestArrow size={15} aria-hidden />
        {sending ? "Sending…" : revising ? "Propose revision & PR" : "Create Skill & PR"}
      </Button>
      <Button aria-disabled={verdict.checking} onClick={() => verdict.checking || verdict.check()}>
        <ListChecks size={15} aria-hidden /> Validate
      </Button>
      {failure !== undefined && (
        <p role="alert" className="text-bad">
          {wordsFor(failure).title}. <span className="text-soft">{wordsFor(failure).detail}</span>
        </p>
      )}
      <p role="status" className="flex items-center gap-1.5 text-xs text-soft">
        <ServerWord verdict={verdict} />
      </p>
      {(missing.length > 0 || valid === false) && (
        <ul aria-label="Still missing" className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
          {missing.map(({ what, target }) => (
            <li key={`${target} ${what}`}>
              <button
                type="button"
                className="text-left text-bad underline underline-offset-2"
                onClick={() => onOpenField(target)}
              >
                {what}
              </button>
            </li>
          ))}
          {valid === false && (
            <li>
              <button type="button" className="text-bad underline underline-offset-2" onClick={onOpenProblems}>
                {errors === 1 ? "1 error" : `${errors} errors`} to mend
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** What the server said of the text as it stands, and when. */
function ServerWord({ verdict }: { verdict: Verdict }) {
  const { valid, checked_at, checking, failure, problems } = verdict;
  if (checking) return "The server is checking";
  if (failure !== null)
    return <span className="text-warn">The server could not check it: {wordsFor(failure).title}</span>;
  if (valid === undefined || checked_at === undefined) return "Not checked yet";
  const found = problems.length === 0 ? "No problems" : `${problems.length} to look at`;
  return (
    <>
      {valid && <CircleCheck size={13} className="text-good" aria-hidden />}
      {valid ? `${found} · checked` : "Checked"} by the server {formatClock(new Date(checked_at).toISOString())}
    </>
  );
}

function Progress({
  sent,
  onOpened,
  onBack,
  onRetry,
}: {
  sent: Sent;
  onOpened: () => void;
  onBack: () => void;
  onRetry: () => void;
}) {
  const { data: skill } = useQuery({ ...skillQuery(sent.name), refetchInterval: 2_000 });
  const revision = skill === undefined ? undefined : revisionOf(skill, sent.revision);
  const status = revision?.status ?? "validating";
  const opened = revision?.pr_number ?? null;
  const stuck = status === "invalid" || status === "failed";
  useEffect(() => {
    if (opened !== null) onOpened();
  }, [opened, onOpened]);
  return (
    <section aria-label="Progress" aria-live="polite" className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Stepper status={status} pr_number={opened} />
        {opened === null && !stuck && (
          <span className="flex items-center gap-1.5 text-xs text-soft">
            <LoaderCircle size={13} className="animate-spin" aria-hidden /> You may leave; it goes on.
          </span>
        )}
        {revision !== undefined && opened !== null && (
          <ExternalLink href={revision.pr_url} className={buttonClass("outline")}>
            Review PR #{opened}
          </ExternalLink>
        )}
        {opened !== null && (
          <Link
            to={status === "active" ? "/skills/$name" : "/pending"}
            params={{ name: sent.name }}
            className={buttonClass("quiet")}
          >
            {status === "active" ? "Open the skill" : "All that is pending"}
          </Link>
        )}
        {stuck && (
          <>
            {status === "failed" && (
              <Button onClick={onRetry}>
                <RotateCw size={14} aria-hidden /> Retry
              </Button>
            )}
            <Button onClick={onBack}>Back to the draft</Button>
          </>
        )}
      </div>
      {revision?.failure != null && <p className="text-bad">{revision.failure}</p>}
      {stuck && <ProblemList diagnostics={revision?.validation_errors ?? []} />}
    </section>
  );
}

function revisionOf(skill: Skill, revision: number) {
  return skill.pending_revision?.revision === revision ? skill.pending_revision : skill;
}
