import type { Step } from "@infraskill/workflow/read";
import { Pencil, Plus, SquareTerminal, Trash2, Workflow } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../ui/button.tsx";
import { AddCommand } from "./add-command.tsx";
import { stepAt, withoutStep, withStep } from "./document.ts";
import type { Draft } from "./draft.ts";
import type { Edit } from "./metadata-form.tsx";

/** The steps of the execute job, in order. */
export function StepsForm({
  draft,
  steps,
  edit,
  frozen,
  onOpen,
}: {
  draft: Draft;
  steps: readonly Step[];
  edit: Edit;
  frozen: boolean;
  onOpen: (line: number, column: number) => void;
}) {
  const [editing, setEditing] = useState<number | "new">();
  return (
    <fieldset disabled={frozen} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <legend className="sr-only">Steps</legend>
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {steps.map((step, index) => (
          <li key={index} className="flex items-center gap-1 rounded-md border border-line pr-1">
            <button
              type="button"
              title="Show it in the file"
              className="flex min-w-0 grow items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-sunken"
              onClick={() => onOpen(step.place.line, step.place.column)}
            >
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
            </button>
            {step.run !== undefined && (
              <IconButton label={`Change step ${index + 1}`} size="sm" onClick={() => setEditing(index)}>
                <Pencil size={13} aria-hidden />
              </IconButton>
            )}
            <IconButton
              label={`Remove step ${index + 1}`}
              size="sm"
              disabled={steps.length === 1}
              onClick={() => edit((old) => withoutStep(old, index))}
            >
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <Button size="sm" className="justify-self-start" onClick={() => setEditing("new")}>
        <Plus size={13} aria-hidden /> Add command
      </Button>
      {editing !== undefined && (
        <AddCommand
          draft={draft}
          steps={steps}
          step={editing === "new" ? undefined : stepAt(draft.yaml_content, editing)}
          at={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onDone={(step) => {
            edit((old) => withStep(old, step, editing === "new" ? undefined : editing));
            setEditing(undefined);
          }}
        />
      )}
    </fieldset>
  );
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "empty";
}
