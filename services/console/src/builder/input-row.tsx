import type { JsonObject } from "@infraskill/contracts/text";
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { cn } from "../lib/class-names.ts";
import { IconButton } from "../ui/button.tsx";
import { FieldFaults, useFieldFaults } from "./field-faults.tsx";
import { DragHandle, dragClass } from "./drag-handle.tsx";
import { fieldTypes, typeOf } from "./fields.ts";
import { type FormEdit, moveInputField, removeInputField } from "./form-edits.ts";
import { InputFields } from "./input-fields.tsx";
import type { Reorder } from "./use-reorder.ts";

/** One input as a line that opens to its settings, and stays open while something typed there is still wrong. */
export function InputRow({
  name,
  field,
  required,
  index,
  others,
  open,
  onOpen,
  edit,
  reorder,
}: {
  name: string;
  field: JsonObject;
  required: boolean;
  index: number;
  others: readonly string[];
  open: boolean;
  onOpen: (name: string | undefined) => void;
  edit: (change: FormEdit) => void;
  reorder: Pick<Reorder<HTMLElement>, "handle" | "lookOf">;
}) {
  const { faults, report } = useFieldFaults();
  // It does not close under the hand that mends the last fault.
  const [held, setHeld] = useState(false);
  if (faults.length > 0 && !held) setHeld(true);
  const shown = open || held;
  const toggle = (): void => {
    if (faults.length > 0) return;
    setHeld(false);
    onOpen(shown ? undefined : name);
  };
  const label = fieldTypes.find(({ id }) => id === typeOf(field))?.label;
  return (
    <li className={cn("rounded-md border border-line bg-panel", dragClass(reorder.lookOf(index)))}>
      <div className="flex items-center pr-1">
        <DragHandle name={name} index={index} reorder={reorder} />
        <button
          type="button"
          aria-expanded={shown}
          className="flex min-w-0 grow items-center gap-1.5 rounded-md px-1.5 py-1.5 text-left hover:bg-sunken"
          onClick={toggle}
        >
          {shown ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
          <span className="min-w-0 truncate font-mono text-xs font-medium">{name}</span>
          <span className="min-w-0 truncate text-xs text-faint">
            {label?.toLowerCase()}
            {required && ", required"}
          </span>
        </button>
        <IconButton
          label={`Move ${name} up`}
          size="sm"
          disabled={index === 0}
          onClick={() => edit(moveInputField(index, index - 1))}
        >
          <ArrowUp size={13} aria-hidden />
        </IconButton>
        <IconButton
          label={`Move ${name} down`}
          size="sm"
          disabled={index === others.length}
          onClick={() => edit(moveInputField(index, index + 1))}
        >
          <ArrowDown size={13} aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${name}`} size="sm" onClick={() => edit(removeInputField(name))}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </div>
      {shown && (
        <FieldFaults report={report}>
          <InputFields name={name} field={field} required={required} others={others} onRenamed={onOpen} edit={edit} />
        </FieldFaults>
      )}
    </li>
  );
}
