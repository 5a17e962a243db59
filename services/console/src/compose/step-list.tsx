import type { Skill } from "@infraskill/contracts/skill";
import { EmptyState } from "../ui/page.tsx";
import { addStep, moveStep, neighbourOf, removeStep, type StepDraft, type TaskDraft } from "./draft.ts";
import type { PlacedErrors } from "./place-errors.ts";
import { referencesFor } from "./references.ts";
import { SkillPicker } from "./skill-picker.tsx";
import { StepCard } from "./step-card.tsx";

/** The steps in order, and below them those that run whatever happened. */
export function StepList({
  draft,
  skills,
  unknown,
  errors,
  onChange,
}: {
  draft: TaskDraft;
  skills: ReadonlyMap<string, Skill>;
  /** Names that no skill has. */
  unknown: ReadonlySet<string>;
  errors: PlacedErrors;
  onChange: (draft: TaskDraft) => void;
}) {
  const outputs = new Map([...skills].map(([name, { outputs_schema }]) => [name, outputs_schema]));
  const missing = new Map(
    draft.steps
      .filter(({ skill_name }) => unknown.has(skill_name))
      .map(({ key, skill_name }) => [key, `There is no skill ${skill_name}.`]),
  );
  const shown = { ...errors, steps: new Map([...missing, ...errors.steps]) };
  const card = (step: StepDraft) => {
    const index = draft.steps.indexOf(step);
    const up = neighbourOf(draft, step.key, -1);
    const down = neighbourOf(draft, step.key, 1);
    return (
      <StepCard
        key={step.key}
        step={step}
        index={index}
        skill={skills.get(step.skill_name)}
        groups={referencesFor(draft, index, outputs)}
        errors={shown}
        canMove={{ up: up !== undefined, down: down !== undefined }}
        onMove={(by) => {
          const to = by === 1 ? down : up;
          if (to !== undefined) onChange(moveStep(draft, step.key, to));
        }}
        onDropStep={(key) => onChange(moveStep(draft, key, step.key))}
        onRemove={() => onChange(removeStep(draft, step.key))}
        onValues={(values) =>
          onChange({ ...draft, steps: draft.steps.map((other) => (other === step ? { ...other, values } : other)) })
        }
      />
    );
  };
  const sequence = draft.steps.filter((step) => !step.finally);
  const last = draft.steps.filter((step) => step.finally);
  return (
    <>
      <section aria-label="Steps" className="grid gap-3">
        {sequence.length === 0 ? (
          <EmptyState title="No step yet">
            <SkillPicker label="Add a step" onPick={(name) => onChange(addStep(draft, name, false))} />
          </EmptyState>
        ) : (
          <>
            <ol className="grid gap-3">{sequence.map(card)}</ol>
            <SkillPicker label="Add a step" onPick={(name) => onChange(addStep(draft, name, false))} />
          </>
        )}
      </section>
      {draft.steps.length > 0 && (
        <section aria-labelledby="always" className="grid gap-3 border-t border-line pt-4">
          <div>
            <h2 id="always" className="font-semibold">
              Always, at the end
            </h2>
            <p className="text-soft">Also when a step failed or the task was cancelled.</p>
          </div>
          {last.length > 0 && <ol className="grid gap-3">{last.map(card)}</ol>}
          <SkillPicker label="Add a last step" onPick={(name) => onChange(addStep(draft, name, true))} />
        </section>
      )}
    </>
  );
}
