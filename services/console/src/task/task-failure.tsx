import { failureCodes } from "@infraskill/contracts/execution";
import type { TaskDetail } from "@infraskill/contracts/task";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { executionQuery } from "../api/use-execution.ts";
import { useFailure } from "../execution/use-failure.ts";
import { capitalise } from "../lib/capitalise.ts";
import { StepForward } from "lucide-react";
import { useState } from "react";
import { useMay } from "../api/use-me.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { FailureBox } from "../ui/failure-box.tsx";
import { ResumeDialog } from "./resume-dialog.tsx";

/** On top of a task that did not succeed: which step, what its execution said last, the way there and the way on. */
export function TaskFailure({ task }: { task: TaskDetail }) {
  const { status, failure, steps } = task;
  const step = steps.find((each) => each.status === "failed");
  const execution_id = step?.execution_id ?? null;
  const execution = useQuery({ ...executionQuery(execution_id ?? ""), enabled: execution_id !== null }).data;
  const inside = useFailure(execution);
  if (failure === null || status === "running") return null;
  const resume = status === "failed" && <Resume task={task} />;
  if (step === undefined) {
    return <FailureBox title={capitalise(failureCodes[failure.code])} detail={failure.detail} action={resume} />;
  }
  return (
    <FailureBox
      title={
        <>
          Step {step.index}, <code className="font-mono">{step.skill_name}</code>, failed
          {inside?.step !== undefined && <span className="font-normal"> in “{inside.step}”</span>}
          {inside?.exit_code !== undefined && <span className="font-normal"> with exit code {inside.exit_code}</span>}
        </>
      }
      detail={inside?.step === undefined ? failure.detail : undefined}
      lines={inside?.last_lines ?? []}
      action={
        <>
          {execution_id !== null && (
            <Link to="/executions/$id" params={{ id: execution_id }} className={buttonClass("outline", "sm")}>
              Its log
            </Link>
          )}
          {resume}
        </>
      }
    />
  );
}

function Resume({ task }: { task: TaskDetail }) {
  const mayRun = useMay("operator");
  const [asking, setAsking] = useState(false);
  if (!mayRun) return null;
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        <StepForward size={14} aria-hidden /> Resume…
      </Button>
      {asking && <ResumeDialog task={task} onClose={() => setAsking(false)} />}
    </>
  );
}
