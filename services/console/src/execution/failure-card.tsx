import type { ExecutionDetail } from "@infraskill/contracts/execution";
import { capitalise } from "../lib/capitalise.ts";
import { FailureBox } from "../ui/failure-box.tsx";
import { useFailure } from "./use-failure.ts";

/** On top of an execution that did not succeed: which step, with what code, and the last lines it wrote. */
export function FailureCard({ execution }: { execution: ExecutionDetail }) {
  const failure = useFailure(execution);
  if (failure === undefined) return null;
  const { step, reason, detail, exit_code, last_lines } = failure;
  return (
    <FailureBox
      title={
        <>
          {step === undefined ? capitalise(reason) : <>Step “{step}” failed</>}
          {exit_code !== undefined && <span className="font-normal"> with exit code {exit_code}</span>}
        </>
      }
      // The title says which step it was; a detail that says no more is left out.
      detail={step !== undefined && detail.endsWith(step) ? undefined : detail}
      lines={last_lines}
    />
  );
}
