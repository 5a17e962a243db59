import { type ExecutionDetail, failureCodes } from "@infraskill/contracts/execution";
import { useJobLog } from "../api/use-job-log.ts";
import { exitCode, lastLines } from "../log/log-model.ts";

/** Why an execution did not succeed: the step that failed, its exit code and its last lines, as far as GitHub told them. */
export function useFailure(execution: ExecutionDetail | undefined) {
  const { failure = null, jobs = [], execution_id = "" } = execution ?? {};
  const job = jobs.find(
    ({ conclusion, steps }) => conclusion === "failure" || steps.some((step) => step.conclusion === "failure"),
  );
  const step = job?.steps.find(({ conclusion }) => conclusion === "failure");
  const log = useJobLog(execution_id, failure === null ? undefined : job?.job_id, { going: false });
  if (failure === null) return undefined;
  const lines = log.data?.lines ?? [];
  return {
    step: step?.name,
    reason: failureCodes[failure.code],
    detail: failure.detail,
    exit_code: exitCode(lines),
    last_lines: lastLines(lines),
  };
}
