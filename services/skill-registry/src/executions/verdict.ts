import type { FailureCode } from "@infraskill/contracts/execution";
import type { RunConclusion } from "@infraskill/contracts/worker-events";
import type { ExecutionRow } from "../database/schema.ts";

export type Verdict = {
  event: "run_succeeded" | "run_failed" | "run_timed_out" | "run_cancelled";
  failure?: { code: FailureCode; detail: string };
};

/** Whether a conclusion, or a result that a run reported, says the same as the end an execution has come to. */
export function agrees(
  { status, cancel_reason, failure_code }: Pick<ExecutionRow, "status" | "cancel_reason" | "failure_code">,
  conclusion: RunConclusion | null,
): boolean {
  if (conclusion === "cancelled" && failure_code === "run_timed_out") return true;
  return verdictOf(conclusion, cancel_reason).event === `run_${status}`;
}

/**
 * What GitHub's conclusion, or the result a run reported, means for the execution. A run that was cancelled because it was late has timed out.
 * Conclusions: https://docs.github.com/en/rest/actions/workflow-runs
 */
export function verdictOf(
  conclusion: RunConclusion | null,
  cancel_reason: "requested" | "deadline" | null,
  failing_step?: string,
): Verdict {
  switch (conclusion) {
    case "success":
      return { event: "run_succeeded" };
    case "cancelled":
      if (cancel_reason === "deadline") {
        return {
          event: "run_timed_out",
          failure: { code: "deadline_passed", detail: "The run did not end in time and was cancelled." },
        };
      }
      return {
        event: "run_cancelled",
        failure:
          cancel_reason === "requested"
            ? { code: "cancelled", detail: "It was cancelled on request." }
            : { code: "run_cancelled", detail: "The run was cancelled on GitHub." },
      };
    case "timed_out":
      return {
        event: "run_timed_out",
        failure: { code: "run_timed_out", detail: "The run took longer than its limit on GitHub." },
      };
    case "startup_failure":
      return { event: "run_failed", failure: { code: "startup_failure", detail: "GitHub could not start the run." } };
    case "failure":
      return { event: "run_failed", failure: { code: "step_failed", detail: failing_step ?? "A step failed." } };
    case "action_required":
    case "neutral":
    case "skipped":
    case "stale":
    case null:
      return {
        event: "run_failed",
        failure: { code: "step_failed", detail: `GitHub concluded "${conclusion ?? "nothing"}".` },
      };
  }
}
