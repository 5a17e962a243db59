import type { JsonObject } from "@infraskill/contracts/text";
import { lostSources } from "@infraskill/workflow/edit/outputs";
import type { SkillFile } from "@infraskill/workflow/file/read";
import { fieldsOf } from "@infraskill/workflow/schema/fields";
import { Copy, Plus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { asText } from "../lib/as-text.ts";
import { copyText } from "../lib/copy-text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import type { Draft } from "./draft.ts";
import {
  addOutputField,
  changeOutputField,
  type FormEdit,
  readOutputAnew,
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

/** The outputs, with the line that sets each. One whose step is gone says so, with the ways on. */
export function OutputsForm({
  draft,
  file,
  edit,
  frozen,
}: {
  draft: Draft;
  /** As it was read last. */
  file: SkillFile | undefined;
  edit: (change: FormEdit) => void;
  frozen: boolean;
}) {
  const fields = fieldsOf(draft.outputs_schema);
  const lost = useMemo(() => file && lostSources(file), [file]);
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
          lost={lost?.get(name)}
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
  lost,
  others,
  edit,
}: {
  name: string;
  field: JsonObject;
  /** Ids of steps that it is read from and that are not there. */
  lost: readonly string[] | undefined;
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
      {lost !== undefined && (
        <div className="flex flex-wrap items-center gap-1.5 rounded-sm bg-bad-soft px-2 py-1">
          <p className="min-w-0 grow basis-40 text-xs text-bad">
            {name} is read from {lost.map((id) => `“${id}”`).join(" and ")}, which is no step of this job.
          </p>
          <Button size="sm" onClick={() => edit(readOutputAnew(name))}>
            Read {name} from the other steps
          </Button>
        </div>
      )}
      <div className="flex items-center gap-1 rounded-sm bg-sunken pl-2">
        <code className="min-w-0 grow truncate font-mono text-2xs">{line}</code>
        <IconButton label={`Copy the line that sets ${name}`} size="sm" onClick={() => void copyText(line, "the line")}>
          <Copy size={12} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
