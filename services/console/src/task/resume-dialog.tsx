import type { Skill } from "@infraskill/contracts/skill";
import type { Task, TaskPlan } from "@infraskill/contracts/task";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { StepForward, TriangleAlert } from "lucide-react";
import { api, bodyOf } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import { inSchemaOrder } from "../api/file-order.ts";
import { useNamedSkills } from "../api/use-skill.ts";
import { useResumePlan } from "../api/use-tasks.ts";
import { type KnownInputs, knownInputs } from "../compose/known-inputs.ts";
import { DestructiveMark } from "../skill/destructive-mark.tsx";
import { isDestructive } from "../skill/run-values.ts";
import { targetOfStep, useTypedTargets } from "../skill/typed-targets.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorCard } from "../ui/error-card.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ValueList } from "../ui/value-list.tsx";

/** What resuming would run, looked at before it does: refused when the task has changed since. */
export function ResumeDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const client = useQueryClient();
  const plan = useResumePlan(task);
  const names = new Set(plan.data?.steps.map(({ skill_name }) => skill_name));
  const skills = useNamedSkills([...names]);
  const steps = plan.data === undefined ? [] : planned(task, plan.data, skills);
  const resume = useMutation({
    mutationFn: (plan_version: number) => bodyOf(api.resumeTask({ params: { id: task.id }, body: { plan_version } })),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.task(task.id) }),
  });
  const { done, fields } = useTypedTargets(
    steps.flatMap(({ index, danger, known }) =>
      danger === undefined ? [] : [targetOfStep(index, danger, known.known)],
    ),
  );
  const looked = skills.size === names.size;
  const ready = plan.data !== undefined && plan.data.errors.length === 0 && looked && done;
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
            look={fields.length === 0 ? "outline" : "danger"}
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
          <Plan steps={steps} errors={plan.data.errors} skills={skills} />
        )}
        {fields}
      </div>
    </Dialog>
  );
}

type PlannedStep = TaskPlan["steps"][number] & { known: KnownInputs; danger: Skill | undefined };

/** The steps with what is known of their inputs: what the API evaluated, else as far as it can be said here. */
function planned(task: Task, plan: TaskPlan, skills: ReadonlyMap<string, Skill>): PlannedStep[] {
  const again = new Set(plan.steps.map(({ index }) => index));
  const outputs = new Map(
    task.steps.filter(({ index }) => !again.has(index)).map((step) => [step.index, step.outputs] as const),
  );
  return plan.steps.map((step) => {
    const skill = skills.get(step.skill_name);
    return {
      ...step,
      known: step.evaluated
        ? { known: step.inputs, waiting: {}, sources: {} }
        : knownInputs(step.inputs, task.inputs, outputs),
      danger: skill !== undefined && isDestructive(skill.category, skill.inputs_schema) ? skill : undefined,
    };
  });
}

function Plan({
  steps,
  errors,
  skills,
}: {
  steps: readonly PlannedStep[];
  errors: TaskPlan["errors"];
  skills: ReadonlyMap<string, Skill>;
}) {
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
        {steps.map(({ index, skill_name, revision, newer_revision, known, danger, finally: last }) => (
          <li key={index} className="grid gap-1.5 rounded-md border border-line p-2.5">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-xs text-faint tabular-nums">{index}</span>
              <span className="font-mono text-xs font-medium">{skill_name}</span>
              <span className="text-xs text-soft">
                revision {revision}
                {last && " · whatever happened"}
              </span>
              {danger !== undefined && <DestructiveMark />}
            </p>
            {newer_revision !== null && (
              <p className="flex items-center gap-1.5 text-xs text-warn">
                <TriangleAlert size={13} aria-hidden />
                Revision {newer_revision} is active by now; the pinned one runs.
              </p>
            )}
            <ValueList
              values={inSchemaOrder({ ...known.known, ...known.waiting }, skills.get(skill_name)?.inputs_schema)}
              waiting={known.waiting}
              notes={known.sources}
              empty="It takes no inputs."
            />
            {Object.keys(known.waiting).length > 0 && (
              <p className="text-xs text-faint">Known once the steps before it have run.</p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
