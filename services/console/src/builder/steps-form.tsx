import type { Step } from "@infraskill/workflow/file/read";
import { stepOf } from "@infraskill/workflow/edit/step-of";
import { ArrowDown, ArrowUp, Pencil, Plus, SquareTerminal, Trash2, Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "../lib/class-names.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { AddCommand } from "./add-command.tsx";
import { DragHandle, dragClass } from "./drag-handle.tsx";
import type { Draft } from "./draft.ts";
import { dropStep, type FormEdit, putStep, shiftStep } from "./form-edits.ts";
import { useReorder } from "./use-reorder.ts";

/** The steps of the execute job, in order. */
export function StepsForm({
  draft,
  steps,
  edit,
  frozen,
  onOpen,
  onShow,
}: {
  draft: Draft;
  steps: readonly Step[];
  edit: (change: FormEdit) => void;
  frozen: boolean;
  onOpen: (line: number, column: number) => void;
  onShow: (line: number, column: number) => void;
}) {
  const [editing, setEditing] = useState<number | "new">();
  // Where a step that was just made or changed stands is known when the file was read again.
  const [made, setMade] = useState<number>();
  const place = made === undefined ? undefined : steps[made]?.place;
  useEffect(() => {
    if (place === undefined) return;
    onShow(place.line, place.column);
    setMade(undefined);
  }, [place, onShow]);
  const reorder = useReorder<HTMLOListElement>((from, to) => edit(shiftStep(from, to)));
  const at = typeof editing === "number" ? editing : undefined;
  const changed = at === undefined ? undefined : steps[at];
  return (
    <fieldset disabled={frozen} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <legend className="sr-only">Steps</legend>
      {steps.length > 0 && (
        <ol ref={reorder.list} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
          {steps.map((step, index) => (
            <li
              key={index}
              className={cn(
                "flex items-center rounded-md border border-line bg-panel pr-1",
                dragClass(reorder.lookOf(index)),
              )}
            >
              <DragHandle name={`step ${index + 1}`} index={index} reorder={reorder} />
              <button
                type="button"
                title="Show it in the file"
                className="flex min-w-0 grow items-center gap-2 rounded-md px-1.5 py-1.5 text-left hover:bg-sunken"
                onClick={() => onOpen(step.place.line, step.place.column)}
              >
                <StepTitle step={step} />
              </button>
              <IconButton
                label={`Move step ${index + 1} up`}
                size="sm"
                disabled={index === 0}
                onClick={() => edit(shiftStep(index, index - 1))}
              >
                <ArrowUp size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={`Move step ${index + 1} down`}
                size="sm"
                disabled={index === steps.length - 1}
                onClick={() => edit(shiftStep(index, index + 1))}
              >
                <ArrowDown size={13} aria-hidden />
              </IconButton>
              {step.run !== undefined && (
                <IconButton label={`Change step ${index + 1}`} size="sm" onClick={() => setEditing(index)}>
                  <Pencil size={13} aria-hidden />
                </IconButton>
              )}
              <IconButton
                label={`Remove step ${index + 1}`}
                size="sm"
                disabled={steps.length === 1}
                onClick={() => edit(dropStep(index))}
              >
                <Trash2 size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <Button size="sm" className="justify-self-start" onClick={() => setEditing("new")}>
        <Plus size={13} aria-hidden /> Add command
      </Button>
      {editing !== undefined && (
        <AddCommand
          draft={draft}
          steps={steps}
          step={changed === undefined ? undefined : stepOf(changed)}
          at={at}
          onClose={() => setEditing(undefined)}
          onDone={(step) => {
            edit(putStep(step, at));
            setMade(at ?? steps.length);
            setEditing(undefined);
          }}
        />
      )}
    </fieldset>
  );
}

function StepTitle({ step }: { step: Step }) {
  return (
    <>
      {step.run === undefined ? (
        <Workflow size={13} className="shrink-0 text-soft" aria-label="Action" />
      ) : (
        <SquareTerminal size={13} className="shrink-0 text-soft" aria-label="Command" />
      )}
      <span className="min-w-0 truncate">
        {step.name?.value ?? (
          <code className="font-mono text-xs">{step.uses?.value ?? firstLine(step.run?.value ?? "")}</code>
        )}
      </span>
    </>
  );
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "empty";
}
