import { skillPath, revisionBranch } from "@infraskill/contracts/skill";
import { pullRequestBody, pullRequestTitle, type ReviewSubject } from "@infraskill/workflow/review/pull-request";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe } from "../api/use-me.ts";
import { skillQuery } from "../api/use-skill.ts";
import type { Draft } from "./draft.ts";
import { MarkdownView } from "../ui/markdown-view.tsx";
import type { Verdict } from "./use-verdict.ts";

/** The pull request as its reviewer will meet it, made by the function that will make it. */
export default function PullRequestPreview({ draft, verdict }: { draft: Draft; verdict: Verdict }) {
  const created_by = useMe()?.name ?? "";
  const active = useActive(draft);
  const revision = (draft.base?.revision ?? 0) + 1;
  const skill_name = draft.name === "" ? "…" : draft.name;
  const diagnostics = verdict.valid === undefined ? null : verdict.problems;
  const { description, category, inputs_schema, outputs_schema, yaml_content } = draft;
  const concurrency = draft.concurrency === undefined ? (active?.concurrency ?? null) : draft.concurrency;
  const subject = useMemo(
    (): ReviewSubject => ({
      skill_name, revision, description, category, concurrency, inputs_schema, outputs_schema, yaml_content, diagnostics, created_by, active,
      replaced_pr_numbers: [], file_stands: active?.yaml_content === yaml_content,
    }), // prettier-ignore
    [
      skill_name,
      revision,
      description,
      category,
      concurrency,
      inputs_schema,
      outputs_schema,
      yaml_content,
      diagnostics,
      created_by,
      active,
    ],
  );
  const body = useMemo(() => pullRequestBody(subject), [subject]);
  return (
    <section aria-label="The pull request" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h3 className="text-base font-semibold">{pullRequestTitle(subject)}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        <dt className="text-soft">Branch</dt>
        <dd className="font-mono break-all">{revisionBranch(skill_name, revision)}</dd>
        <dt className="text-soft">File</dt>
        <dd className="font-mono break-all">{skillPath(skill_name)}</dd>
      </dl>
      <div className="rounded-md border border-line bg-panel p-3">
        <MarkdownView text={body} />
      </div>
    </section>
  );
}

/** What callers have today, when the draft revises an active skill. */
function useActive(draft: Draft): ReviewSubject["active"] {
  const { data: skill } = useQuery({ ...skillQuery(draft.name), enabled: draft.base !== null });
  return useMemo(() => {
    if (skill?.commit_hash == null || draft.base === null) return null;
    const { revision, commit_hash, description, category, concurrency, inputs_schema, outputs_schema, yaml_content } =
      skill;
    return { revision, commit_hash, description, category, concurrency, inputs_schema, outputs_schema, yaml_content };
  }, [skill, draft.base]);
}
