import type { JsonObject } from "@infraskill/contracts/text";
import { fieldName, fieldsOf, requiredOf } from "@infraskill/workflow/schema";
import { Copy, Plus, Trash2 } from "lucide-react";
import { copyText } from "../lib/copy-text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { withOutputs } from "./document.ts";
import { freeName, renamed, withFields } from "./fields.ts";
import type { Draft } from "./draft.ts";
import type { Edit } from "./metadata-form.tsx";
import { asText } from "../lib/as-text.ts";
import { TextOnBlur } from "./text-on-blur.tsx";

const types = [
  { id: "string", label: "Text" },
  { id: "number", label: "Number" },
  { id: "integer", label: "Whole number" },
  { id: "boolean", label: "Yes or no" },
];

/** The outputs, with the line that sets each. */
export function OutputsForm({ draft, edit, frozen }: { draft: Draft; edit: Edit; frozen: boolean }) {
  const schema = draft.outputs_schema;
  const fields = fieldsOf(schema);
  const required = requiredOf(schema);
  const set = (next: JsonObject): void => edit((old) => withOutputs(old, next));
  return (
    <fieldset
      id="draft-outputs"
      tabIndex={-1}
      disabled={frozen}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 outline-none"
    >
      <legend className="sr-only">Outputs</legend>
      {fields.map(([name, field], index) => {
        const line = `echo "${name}=$VALUE" >> "$GITHUB_OUTPUT"`;
        return (
          <div key={index} className="grid gap-1.5 rounded-md border border-line p-2">
            <div className="flex items-center gap-1.5">
              <TextOnBlur
                aria-label={`Name of output ${index + 1}`}
                mono
                value={name}
                check={(next) =>
                  !fieldName.test(next)
                    ? "Letters, digits, - and _ only."
                    : fields.some(([other]) => other !== name && other === next)
                      ? "Another output has this name."
                      : undefined
                }
                onValue={(next) => set(renamed(schema, name, next))}
              />
              <select
                aria-label={`Type of ${name}`}
                className="field w-auto! text-xs"
                value={asText(field["type"] ?? "string")}
                onChange={({ target }) =>
                  set(
                    withFields(
                      schema,
                      fields.map(([other, old]) => [other, other === name ? { ...old, type: target.value } : old]),
                      required,
                    ),
                  )
                }
              >
                {types.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
              <IconButton
                label={`Remove ${name}`}
                size="sm"
                onClick={() =>
                  set(
                    withFields(
                      schema,
                      fields.filter(([other]) => other !== name),
                      required,
                    ),
                  )
                }
              >
                <Trash2 size={13} aria-hidden />
              </IconButton>
            </div>
            <div className="flex items-center gap-1 rounded-sm bg-sunken pl-2">
              <code className="min-w-0 grow truncate font-mono text-2xs">{line}</code>
              <IconButton
                label={`Copy the line that sets ${name}`}
                size="sm"
                onClick={() => void copyText(line, "the line")}
              >
                <Copy size={12} aria-hidden />
              </IconButton>
            </div>
          </div>
        );
      })}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => set(withFields(schema, [...fields, [freeName(schema, "result"), { type: "string" }]], required))}
      >
        <Plus size={13} aria-hidden /> Add output
      </Button>
    </fieldset>
  );
}
