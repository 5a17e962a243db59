import type { Skill } from "@infraskill/contracts/skill";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { cn } from "../lib/class-names.ts";
import { IconButton } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { StepDraft } from "./draft.ts";
import { MappedInput } from "./mapped-input.tsx";
import type { PlacedErrors } from "./place-errors.ts";
import type { ReferenceGroup } from "./references.ts";

export type StepCardProps = {
  step: StepDraft;
  index: number;
  /** Undefined while it is not known or when there is none. */
  skill: Skill | undefined;
  groups: readonly ReferenceGroup[];
  errors: PlacedErrors;
  canMove: { up: boolean; down: boolean };
  onMove: (by: 1 | -1) => void;
  /** The step with this key is let go over this one. */
  onDropStep: (key: string) => void;
  onRemove: () => void;
  onValues: (values: StepDraft["values"]) => void;
};

const dragged = "application/x-infraskill-step";

/** A step of the composer. It moves by its buttons, by Alt with an arrow key anywhere inside, and by its handle. */
export function StepCard({
  step,
  index,
  skill,
  groups,
  errors,
  canMove,
  onMove,
  onDropStep,
  onRemove,
  onValues,
}: StepCardProps) {
  const [over, setOver] = useState(false);
  const fields = fieldsOf(skill?.inputs_schema ?? {});
  const required = requiredOf(skill?.inputs_schema ?? {});
  const wrong = errors.steps.get(step.key);
  const strange = Object.keys(step.values).filter((name) => !fields.some(([known]) => known === name));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li
      aria-label={`Step ${index}, ${step.skill_name}`}
      className={cn(
        "rounded-lg border bg-panel shadow-flat",
        over ? "border-accent outline-2 outline-accent" : wrong === undefined ? "border-line" : "border-bad",
      )}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDropStep(event.dataTransfer.getData(dragged));
      }}
    >
      <div className="flex items-center gap-2 border-b border-line py-1 pr-1.5 pl-1">
        <span
          draggable
          title="Drag to reorder (Alt with an arrow key)"
          className="cursor-grab px-1 py-2 text-faint hover:text-ink"
          onDragStart={(event) => {
            event.dataTransfer.setData(dragged, step.key);
            event.dataTransfer.effectAllowed = "move";
          }}
        >
          <GripVertical size={14} aria-hidden />
        </span>
        <span className="text-xs text-faint tabular-nums">{index}</span>
        <h3 className="min-w-0 truncate font-mono text-xs font-medium">
          <Link to="/skills/$name" params={{ name: step.skill_name }} target="_blank" className="hover:underline">
            {step.skill_name}
          </Link>
        </h3>
        <span className="min-w-0 grow truncate text-xs text-faint max-sm:hidden">{skill?.description}</span>
        <span className="ml-auto flex shrink-0">
          <IconButton label={`Move step ${index} up`} size="sm" disabled={!canMove.up} onClick={() => onMove(-1)}>
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Move step ${index} down`} size="sm" disabled={!canMove.down} onClick={() => onMove(1)}>
            <ArrowDown size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Remove step ${index}`} size="sm" onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </span>
      </div>
      <div className="grid gap-3 p-3 empty:hidden md:grid-cols-2">
        {wrong !== undefined && <p className="text-bad md:col-span-2">{wrong}</p>}
        {skill === undefined && wrong === undefined && <Skeleton className="h-12 md:col-span-2" />}
        {skill !== undefined && fields.length === 0 && <p className="text-soft">It takes no inputs.</p>}
        {fields.map(([name, schema]) => (
          <MappedInput
            key={name}
            name={name}
            schema={schema}
            required={required.has(name)}
            value={step.values[name]}
            error={errors.inputs.get(`${step.key}/${name}`)}
            groups={groups}
            onChange={(value) => {
              const { [name]: _, ...others } = step.values;
              onValues(value === undefined ? others : { ...others, [name]: value });
            }}
          />
        ))}
        {skill !== undefined &&
          strange.map((name) => (
            <p key={name} className="text-xs text-warn md:col-span-2">
              {`It takes no input ${name} any more; the value is left out.`}
            </p>
          ))}
      </div>
    </li>
  );
}
