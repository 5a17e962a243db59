import type { Diagnostic, Edit } from "@infraskill/contracts/diagnostic";
import { CircleCheck, LoaderCircle } from "lucide-react";
import { wordsFor } from "../api/refused.ts";
import { ProblemRow } from "./problem-row.tsx";
import type { Verdict } from "./use-verdict.ts";

/** The verdict, and every problem below it. */
export function ProblemsPanel({
  verdict,
  text,
  onOpen,
  onEdits,
}: {
  verdict: Verdict;
  /** The file as it is now. */
  text: string;
  onOpen: (diagnostic: Diagnostic) => void;
  onEdits: (edits: readonly Edit[]) => void;
}) {
  const { problems, valid, failure } = verdict;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <section aria-label="Problems" className="flex min-h-0 flex-col border-t border-line">
      <header className="flex h-8 shrink-0 items-center gap-2 px-3 text-xs">
        <h2 className="font-semibold">Problems</h2>
        <span className="flex items-center gap-1.5 text-soft">
          {failure !== null && failure !== undefined ? (
            <span className="flex items-center gap-2 text-warn">
              The server could not check it: {wordsFor(failure).title}
              <button type="button" className="underline" onClick={verdict.check}>
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
      <ul className="relative min-h-0 overflow-y-auto px-1.5 pb-1.5">
        {keyed(problems).map(([key, problem]) => (
          <ProblemRow key={key} problem={problem} text={text} onOpen={() => onOpen(problem)} onEdits={onEdits} />
        ))}
      </ul>
    </section>
  );
}

/** Each under a name that it keeps while lines above it come and go. */
function keyed(problems: readonly Diagnostic[]): [key: string, problem: Diagnostic][] {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const what = `${problem.rule} ${problem.message}`;
    const number = seen.get(what) ?? 0;
    seen.set(what, number + 1);
    return [`${what} ${number}`, problem];
  });
}
