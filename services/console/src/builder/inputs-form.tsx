import type { JsonObject } from "@infraskill/contracts/text";
import { envName } from "@infraskill/workflow/env-name";
import { fieldName, fieldsOf, maxInputs, requiredOf } from "@infraskill/workflow/schema";
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { withInputs } from "./document.ts";
import {
  type FieldType,
  fieldTypes,
  freeName,
  moved,
  renamed,
  typeOf,
  withFields,
  withKeyword,
  withType,
} from "./fields.ts";
import type { Draft } from "./draft.ts";
import type { Edit } from "./metadata-form.tsx";
import { asText } from "../lib/as-text.ts";
import { TextOnBlur } from "./text-on-blur.tsx";

/** The inputs: declared in the file and carried by the schema, which also says what a workflow file cannot. */
export function InputsForm({ draft, edit, frozen }: { draft: Draft; edit: Edit; frozen: boolean }) {
  const schema = draft.inputs_schema;
  const fields = fieldsOf(schema);
  const required = requiredOf(schema);
  const [open, setOpen] = useState<string>();
  const set = (next: JsonObject): void => edit((old) => withInputs(old, next));
  const setField = (name: string, field: JsonObject): void =>
    set(
      withFields(
        schema,
        fields.map(([other, old]) => [other, other === name ? field : old] as const),
        required,
      ),
    );
  const add = (): void => {
    const name = freeName(schema, "input");
    set(withFields(schema, [...fields, [name, { type: "string" }]], [...required, name]));
    setOpen(name);
  };

  return (
    <fieldset
      id="draft-inputs"
      tabIndex={-1}
      disabled={frozen}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 outline-none"
    >
      <legend className="sr-only">Inputs</legend>
      {fields.map(([name, field], index) => (
        <div key={index} className="rounded-md border border-line">
          <div className="flex items-center gap-1 pr-1">
            <button
              type="button"
              aria-expanded={open === name}
              className="flex min-w-0 grow items-center gap-1.5 rounded-md px-2 py-1.5 text-left hover:bg-sunken"
              onClick={() => setOpen(open === name ? undefined : name)}
            >
              {open === name ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
              <span className="min-w-0 truncate font-mono text-xs font-medium">{name}</span>
              <span className="shrink-0 text-xs text-faint">
                {typeOf(field)}
                {required.has(name) && " · required"}
              </span>
            </button>
            <IconButton
              label={`Move ${name} up`}
              size="sm"
              disabled={index === 0}
              onClick={() => set(moved(schema, index, -1))}
            >
              <ArrowUp size={13} aria-hidden />
            </IconButton>
            <IconButton
              label={`Move ${name} down`}
              size="sm"
              disabled={index === fields.length - 1}
              onClick={() => set(moved(schema, index, 1))}
            >
              <ArrowDown size={13} aria-hidden />
            </IconButton>
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
          {open === name && (
            <InputFields
              name={name}
              field={field}
              required={required.has(name)}
              taken={(next) => next !== name && fields.some(([other]) => other === next)}
              onRename={(next) => {
                set(renamed(schema, name, next));
                setOpen(next);
              }}
              onField={(next) => setField(name, next)}
              onRequired={(yes) =>
                set(
                  withFields(
                    schema,
                    fields,
                    yes ? [...required, name] : [...required].filter((other) => other !== name),
                  ),
                )
              }
            />
          )}
        </div>
      ))}
      <div className="flex items-center justify-between">
        <Button size="sm" disabled={fields.length >= maxInputs} onClick={add}>
          <Plus size={13} aria-hidden /> Add input
        </Button>
        <span className="text-xs text-faint tabular-nums">
          {fields.length} of {maxInputs}
        </span>
      </div>
    </fieldset>
  );
}

function InputFields({
  name,
  field,
  required,
  taken,
  onRename,
  onField,
  onRequired,
}: {
  name: string;
  field: JsonObject;
  required: boolean;
  taken: (name: string) => boolean;
  onRename: (name: string) => void;
  onField: (field: JsonObject) => void;
  onRequired: (required: boolean) => void;
}) {
  const type = typeOf(field);
  const numeric = type === "number" || type === "integer";
  const text = (keyword: string): string => (field[keyword] === undefined ? "" : asText(field[keyword]));
  const setNumber = (keyword: string, value: string): void =>
    onField(
      withKeyword(field, keyword, value.trim() === "" || Number.isNaN(Number(value)) ? undefined : Number(value)),
    );
  return (
    <div className="grid grid-cols-2 gap-2.5 border-t border-line p-2.5">
      <Field label="Name" help={<span className="font-mono">${envName(name)}</span>}>
        {(control) => (
          <TextOnBlur
            {...control}
            mono
            value={name}
            check={(next) =>
              !fieldName.test(next)
                ? "Letters, digits, - and _ only."
                : taken(next)
                  ? "Another input has this name."
                  : undefined
            }
            onValue={onRename}
          />
        )}
      </Field>
      <Field label="Type">
        {(control) => (
          <select
            {...control}
            className="field"
            value={type}
            onChange={({ target }) => onField(withType(field, target.value as FieldType))}
          >
            {fieldTypes.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="col-span-2 grid gap-2.5">
        <Field label="Label">
          {(control) => (
            <TextOnBlur
              {...control}
              value={text("title")}
              onValue={(value) => onField(withKeyword(field, "title", value))}
            />
          )}
        </Field>
        <Field label="Help">
          {(control) => (
            <TextOnBlur
              {...control}
              value={text("description")}
              onValue={(value) => onField(withKeyword(field, "description", value))}
            />
          )}
        </Field>
        {type === "choice" && (
          <Field label="Options" help="One a line.">
            {(control) => (
              <TextOnBlur
                {...control}
                lines
                value={(Array.isArray(field["enum"]) ? field["enum"] : []).join("\n")}
                onValue={(value) => {
                  const options = [
                    ...new Set(
                      value
                        .split("\n")
                        .map((line) => line.trim())
                        .filter((line) => line !== ""),
                    ),
                  ];
                  const fallback = field["default"];
                  const fits = options.includes(String(fallback)) ? fallback : undefined;
                  onField(withKeyword({ ...field, enum: options }, "default", fits));
                }}
              />
            )}
          </Field>
        )}
      </div>
      {type === "boolean" || type === "choice" ? (
        <Field label="Default">
          {(control) => (
            <select
              {...control}
              className="field"
              value={text("default")}
              onChange={({ target }) =>
                onField(
                  withKeyword(
                    field,
                    "default",
                    target.value === "" ? undefined : type === "boolean" ? target.value === "true" : target.value,
                  ),
                )
              }
            >
              <option value="">none</option>
              {(type === "boolean"
                ? ["true", "false"]
                : ((field["enum"] as unknown[] | undefined) ?? []).map(String)
              ).map((option) => (
                <option key={option} value={option}>
                  {type === "boolean" ? (option === "true" ? "yes" : "no") : option}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <Field label="Default">
          {(control) => (
            <TextOnBlur
              {...control}
              mono
              value={text("default")}
              onValue={(value) =>
                numeric ? setNumber("default", value) : onField(withKeyword(field, "default", value))
              }
            />
          )}
        </Field>
      )}
      {numeric ? (
        <div className="grid grid-cols-2 gap-2">
          {(["minimum", "maximum"] as const).map((keyword) => (
            <Field key={keyword} label={keyword === "minimum" ? "At least" : "At most"}>
              {(control) => (
                <TextOnBlur {...control} mono value={text(keyword)} onValue={(value) => setNumber(keyword, value)} />
              )}
            </Field>
          ))}
        </div>
      ) : type === "text" ? (
        <Field label="Pattern">
          {(control) => (
            <TextOnBlur
              {...control}
              mono
              value={text("pattern")}
              onValue={(value) => onField(withKeyword(field, "pattern", value))}
            />
          )}
        </Field>
      ) : (
        <span />
      )}
      <label className="col-span-2 flex items-center gap-2 text-xs">
        <input
          type="checkbox"
          className="size-3.5 accent-accent"
          checked={required}
          onChange={({ target }) => onRequired(target.checked)}
        />
        Required
      </label>
    </div>
  );
}
