import type { Diagnostic, Edit } from "@infraskill/contracts/diagnostic";
import { Wrench } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { hasPage } from "../rules/has-page.ts";
import { isAllowable } from "../rules/is-allowable.ts";
import { RuleLink } from "../rules/rule-link.tsx";
import { StatusText } from "../status/status-badge.tsx";
import { severityLooks } from "../status/status-looks.ts";
import { Button } from "../ui/button.tsx";

const AllowForm = lazy(() => import("./allow-form.tsx"));
const RuleNote = lazy(() => import("../rules/rule-note.tsx"));

const sources: Record<Diagnostic["source"], string> = {
  yaml: "YAML",
  github: "GitHub",
  actionlint: "actionlint",
  infraskill: "infraskill",
};

/** One problem: a click goes to its place, others mend it or allow it where that can be done, and say why it is one. */
export function ProblemRow({
  problem,
  text,
  onOpen,
  onEdits,
}: {
  problem: Diagnostic;
  /** The file it was found in. */
  text: string;
  onOpen: () => void;
  onEdits: (edits: readonly Edit[]) => void;
}) {
  const [explained, setExplained] = useState(false);
  const [allowing, setAllowing] = useState(false);
  const { fix } = problem;
  const explainable = hasPage(problem);
  return (
    <li className="rounded-sm px-1.5 py-1 hover:bg-sunken">
      <div className="flex flex-wrap items-start justify-end gap-1.5">
        <div className="min-w-0 grow basis-64">
          <button
            type="button"
            className="block w-full text-left break-words whitespace-pre-wrap"
            title="Go to its place"
            onClick={onOpen}
          >
            {problem.message}
          </button>
          <p className="flex flex-wrap items-center gap-x-2.5 text-xs text-soft">
            <StatusText look={severityLooks[problem.severity]} />
            <span className="tabular-nums">
              line {problem.line}, column {problem.column}
            </span>
            <span>
              {sources[problem.source]}:{" "}
              <span className="font-mono">
                <RuleLink diagnostic={problem} />
              </span>
            </span>
            {fix !== null && <span>fix: {fix.title}</span>}
          </p>
        </div>
        {explainable && (
          <Button size="sm" look="quiet" aria-expanded={explained} onClick={() => setExplained((was) => !was)}>
            {problem.severity === "info" ? "Why" : "Why, and how to allow it"}
          </Button>
        )}
        {isAllowable(problem) && (
          <Button size="sm" aria-expanded={allowing} onClick={() => setAllowing((was) => !was)}>
            Allow here
          </Button>
        )}
        {fix !== null && (
          <Button size="sm" onClick={() => onEdits(fix.edits)} title={fix.title}>
            <Wrench size={12} aria-hidden /> Fix
          </Button>
        )}
      </div>
      {allowing && isAllowable(problem) && (
        <div className="mt-1.5 rounded-md border border-line bg-panel p-3">
          <Suspense fallback={<div className="h-16" />}>
            <AllowForm problem={problem} text={text} onEdits={onEdits} />
          </Suspense>
        </div>
      )}
      {explained && explainable && (
        <div className="mt-1.5 rounded-md border border-line bg-panel p-3">
          <Suspense fallback={<div className="h-16" />}>
            <RuleNote id={problem.rule} />
          </Suspense>
        </div>
      )}
    </li>
  );
}
