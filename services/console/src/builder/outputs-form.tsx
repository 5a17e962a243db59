import type { JsonObject } from "@infraskill/contracts/text";
import { fieldsOf } from "@infraskill/workflow/schema";
import { Copy, Plus, Trash2 } from "lucide-react";
import { asText } from "../lib/as-text.ts";
import { copyText } from "../lib/copy-text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import type { Draft } from "./draft.ts";
import {
  addOutputField,
  changeOutputField,
  type FormEdit,
  removeOutputField,
  renameOutputField,
} from "./form-edits.ts";
import { nameFault } from "./field-checks.ts";
import { TextField } from "./text-field.tsx";

const types = [
  { id: "string", label: "Text" },
  { id: "number", label: "Number" },
  { id: "integer", label: "Whole number" },
  { id: "boolean", label: "Yes or no" },
];

/** The outputs, with the line that sets each. */
export function OutputsForm({
  draft,
  edit,
  frozen,
}: {
  draft: Draft;
  edit: (change: FormEdit) => void;
  frozen: boolean;
}) {
  const fields = fieldsOf(draft.outputs_schema);
  return (
    <fieldset
      id="draft-outputs"
      tabIndex={-1}
      disabled={frozen}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 outline-none"
    >
      <legend className="sr-only">Outputs</legend>
      {fields.map(([name, field], index) => (
        <OutputRow
          key={index}
          name={name}
          field={field}
          others={fields.flatMap(([other]) => (other === name ? [] : [other]))}
          edit={edit}
        />
      ))}
      <Button size="sm" className="justify-self-start" onClick={() => edit(addOutputField())}>
        <Plus size={13} aria-hidden /> Add output
      </Button>
    </fieldset>
  );
}

function OutputRow({
  name,
  field,
  others,
  edit,
}: {
  name: string;
  field: JsonObject;
  others: readonly string[];
  edit: (change: FormEdit) => void;
}) {
  const line = `echo "${name}=$VALUE" >> "$GITHUB_OUTPUT"`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5 rounded-md border border-line p-2">
      <div className="flex items-start gap-1.5">
        <div className="min-w-0 grow">
          <TextField
            label={`Name of the output ${name}`}
            hiddenLabel
            mono
            value={name}
            check={(next) => nameFault("output", next, others)}
            onValue={(next) => edit(renameOutputField(name, next))}
          />
        </div>
        <select
          aria-label={`Type of ${name}`}
          className="field w-auto! text-xs"
          value={asText(field["type"] ?? "string")}
          onChange={({ target }) => edit(changeOutputField(name, { ...field, type: target.value }))}
        >
          {types.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <IconButton label={`Remove ${name}`} size="sm" onClick={() => edit(removeOutputField(name))}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </div>
      <div className="flex items-center gap-1 rounded-sm bg-sunken pl-2">
        <code className="min-w-0 grow truncate font-mono text-2xs">{line}</code>
        <IconButton label={`Copy the line that sets ${name}`} size="sm" onClick={() => void copyText(line, "the line")}>
          <Copy size={12} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
