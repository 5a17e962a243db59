import type { Task, TaskPlan } from "@infraskill/contracts/task";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { StepForward, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { inSchemaOrder } from "../api/file-order.ts";
import { useNamedSkills } from "../api/use-skill.ts";
import { useResumePlan } from "../api/use-tasks.ts";
import { useSkills } from "../api/use-skills.ts";
import { isDestructive } from "../skill/run-values.ts";
import { TypedTarget } from "../skill/typed-target.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ValueList } from "../ui/value-list.tsx";

/** What resuming would run, looked at before it does: refused when the task has changed since. */
export function ResumeDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const client = useQueryClient();
  const plan = useResumePlan(task);
  const skills = useSkills({ status: "active" }).skills ?? [];
  const [typed, setTyped] = useState("");
  const resume = useMutation({
    mutationFn: (plan_version: number) => bodyOf(api.resumeTask({ params: { id: task.id }, body: { plan_version } })),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.task(task.id) }),
  });
  const danger = plan.data?.steps.find(({ skill_name }) =>
    skills.some((skill) => skill.name === skill_name && isDestructive(skill.category, skill.inputs_schema)),
  )?.skill_name;
  const ready = plan.data !== undefined && plan.data.errors.length === 0 && (danger === undefined || typed === danger);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Resume from the failed step?"
      description="What succeeded is kept. These steps run, with the revisions they were pinned to."
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            look={danger === undefined ? "outline" : "danger"}
            disabled={!ready || resume.isPending}
            onClick={() => plan.data !== undefined && resume.mutate(plan.data.plan_version)}
          >
            <StepForward size={14} aria-hidden /> {resume.isPending ? "Resuming…" : "Resume"}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {resume.isError && <ErrorCard error={resume.error} />}
        {plan.isError ? (
          <ErrorCard error={plan.error} retry={plan.refetch} />
        ) : plan.data === undefined ? (
          <SkeletonRows rows={3} className="h-16" />
        ) : (
          <Plan plan={plan.data} />
        )}
        {danger !== undefined && (
          <TypedTarget
            target={danger}
            typed={typed}
            onTyped={setTyped}
            why={`${danger} destroys or disrupts something.`}
          />
        )}
      </div>
    </Dialog>
  );
}

function Plan({ plan: { steps, errors } }: { plan: TaskPlan }) {
  const skills = useNamedSkills(steps.map(({ skill_name }) => skill_name));
  return (
    <>
      {errors.length > 0 && (
        <ul aria-label="What keeps it from running" className="grid gap-1 rounded-md bg-bad-soft px-2.5 py-1.5">
          {errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              <code className="font-mono text-xs">{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      <ol aria-label="Plan" className="grid gap-2.5">
        {steps.map(({ index, skill_name, revision, newer_revision, inputs, evaluated, finally: last }) => (
          <li key={index} className="grid gap-1.5 rounded-md border border-line p-2.5">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-xs text-faint tabular-nums">{index}</span>
              <span className="font-mono text-xs font-medium">{skill_name}</span>
              <span className="text-xs text-soft">
                revision {revision}
                {last && " · whatever happened"}
              </span>
            </p>
            {newer_revision !== null && (
              <p className="flex items-center gap-1.5 text-xs text-warn">
                <TriangleAlert size={13} aria-hidden />
                Revision {newer_revision} is active by now; the pinned one runs.
              </p>
            )}
            <ValueList
              values={inSchemaOrder(inputs, skills.get(skill_name)?.inputs_schema)}
              empty="It takes no inputs."
            />
            {!evaluated && <p className="text-xs text-faint">Known once the steps before it have run.</p>}
          </li>
        ))}
      </ol>
    </>
  );
}
