import type { Skill } from "@infraskill/contracts/skill";
import { Play } from "lucide-react";
import { inSchemaOrder } from "../api/file-order.ts";
import { DestructiveMark } from "../skill/destructive-mark.tsx";
import { targetOfStep, useTypedTargets } from "../skill/typed-targets.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ValueList } from "../ui/value-list.tsx";
import { knownInputs } from "./known-inputs.ts";
import type { Plan } from "./plan.ts";

/** Before a task that destroys: which of its steps do, what they get as far as it is known, and the name of each target typed by hand. */
export function ConfirmTask({
  plan,
  dangers,
  onClose,
  onConfirm,
}: {
  plan: Plan;
  dangers: readonly Skill[];
  onClose: () => void;
  onConfirm: () => void;
}) {
  const steps = [
    ...plan.skills_sequence.map((name, index) => ({ name, given: plan.step_inputs?.[index] ?? {} })),
    ...(plan.finally ?? []).map((name, index) => ({ name, given: plan.finally_inputs?.[index] ?? {} })),
  ].map(({ name, given }) => ({
    name,
    inputs: knownInputs(given, plan.inputs),
    danger: dangers.find((skill) => skill.name === name),
  }));
  const { done, fields } = useTypedTargets(
    steps.flatMap(({ inputs, danger }, index) =>
      danger === undefined ? [] : [targetOfStep(index, danger, inputs.known)],
    ),
  );
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Start this task?"
      description="It destroys or disrupts something. Check what the marked steps get."
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="danger" disabled={!done} onClick={onConfirm}>
            <Play size={14} aria-hidden /> Start it
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <ol aria-label="Steps of the task" className="grid gap-2">
          {steps.map(({ name, inputs, danger }, index) => (
            <li key={index} aria-label={`Step ${index}`} className="grid gap-1.5">
              <p className="flex flex-wrap items-center gap-x-2">
                <span className="text-xs text-faint tabular-nums">{index}</span>
                <span className="font-mono text-xs font-medium break-all">{name}</span>
                {danger !== undefined && <DestructiveMark />}
              </p>
              {danger !== undefined && (
                <ValueList
                  values={inSchemaOrder({ ...inputs.known, ...inputs.waiting }, danger.inputs_schema)}
                  waiting={inputs.waiting}
                  notes={inputs.sources}
                  empty="It takes no inputs."
                />
              )}
            </li>
          ))}
        </ol>
        {fields}
      </div>
    </Dialog>
  );
}
