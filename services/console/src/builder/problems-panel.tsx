import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { CircleCheck, LoaderCircle, Wrench } from "lucide-react";
import { wordsFor } from "../api/refused.ts";
import { StatusIcon } from "../status/status-badge.tsx";
import { severityLooks } from "../status/status-looks.ts";
import { Button } from "../ui/button.tsx";
import type { Verdict } from "./use-verdict.ts";

const sources: Record<Diagnostic["source"], string> = {
  yaml: "YAML",
  github: "GitHub",
  actionlint: "actionlint",
  infraskill: "infraskill",
};

/** Every problem with who found it; a click goes to its place, a fix is one more. */
export function ProblemsPanel({
  verdict,
  onOpen,
  onFix,
}: {
  verdict: Verdict;
  onOpen: (diagnostic: Diagnostic) => void;
  onFix: (diagnostic: Diagnostic) => void;
}) {
  const { problems, valid, failure } = verdict;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <section aria-label="Problems" className="flex min-h-0 flex-col border-t border-line">
      <header className="flex h-8 shrink-0 items-center gap-2 px-3 text-xs">
        <h2 className="font-semibold">Problems</h2>
        <span role="status" className="flex items-center gap-1.5 text-soft">
          {failure !== null && failure !== undefined ? (
            <span className="flex items-center gap-2 text-warn">
              The server could not check it: {wordsFor(failure).title}
              <button type="button" className="underline" onClick={() => void verdict.retry()}>
                Retry
              </button>
            </span>
          ) : valid === undefined ? (
            <>
              <LoaderCircle size={12} className="animate-spin" aria-hidden /> checking
            </>
          ) : valid ? (
            <>
              <CircleCheck size={13} className="text-good" aria-hidden /> Valid
              {problems.length > 0 && `, ${problems.length} to look at`}
            </>
          ) : (
            `${errors} ${errors === 1 ? "error" : "errors"}`
          )}
        </span>
      </header>
      <ul className="min-h-0 overflow-y-auto px-1.5 pb-1.5">
        {problems.map((problem, index) => (
          <li key={index} className="flex items-start gap-1">
            <button
              type="button"
              className="flex min-w-0 grow gap-2 rounded-sm px-1.5 py-1 text-left hover:bg-sunken"
              onClick={() => onOpen(problem)}
            >
              <span className="mt-0.5">
                <StatusIcon look={severityLooks[problem.severity]} />
              </span>
              <span className="min-w-0">
                <span className="whitespace-pre-wrap">{problem.message}</span>{" "}
                <span className="font-mono text-2xs whitespace-nowrap text-faint">
                  {problem.line}:{problem.column} {sources[problem.source]}
                </span>
              </span>
            </button>
            {problem.fix !== null && (
              <Button size="sm" className="mt-0.5" onClick={() => onFix(problem)} title={problem.fix.title}>
                <Wrench size={12} aria-hidden /> Fix
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
