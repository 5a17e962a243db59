import { type ExecutionDetail, failureCodes } from "@infraskill/contracts/execution";
import { OctagonX } from "lucide-react";
import { useJobLog } from "../api/use-job-log.ts";
import { exitCode, lastLines } from "../log/log-model.ts";

/** On top of an execution that did not succeed: which step, with what code, and the last lines it wrote. */
export function FailureCard({ execution }: { execution: ExecutionDetail }) {
  const { failure, jobs, execution_id } = execution;
  const job = jobs.find(
    ({ conclusion, steps }) => conclusion === "failure" || steps.some((step) => step.conclusion === "failure"),
  );
  const step = job?.steps.find(({ conclusion }) => conclusion === "failure");
  const log = useJobLog(execution_id, failure === null ? undefined : job?.job_id, { going: false });
  if (failure === null) return null;
  const lines = lastLines(log.data?.lines ?? []);
  const code = exitCode(log.data?.lines ?? []);
  return (
    <section aria-label="Failure" className="grid gap-2 rounded-lg border border-bad/35 bg-bad-soft p-3">
      <div className="flex items-start gap-2">
        <OctagonX size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
        <div className="min-w-0">
          <p className="font-medium">
            {step === undefined ? capitalise(failureCodes[failure.code]) : <>Step “{step.name}” failed</>}
            {code !== undefined && <span className="font-normal"> with exit code {code}</span>}
          </p>
          <p className="break-words whitespace-pre-wrap text-soft">{failure.detail}</p>
        </div>
      </div>
      {lines.length > 0 && (
        <pre
          aria-label="Last lines"
          className="overflow-x-auto rounded-md bg-panel px-2.5 py-1.5 font-mono text-xs leading-5"
          tabIndex={0}
        >
          {lines.join("\n")}
        </pre>
      )}
    </section>
  );
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
