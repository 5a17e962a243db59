import type { JsonObject } from "@infraskill/contracts/text";
import { envName } from "@infraskill/workflow/known/env-name";
import { asText } from "../lib/as-text.ts";
import { Field } from "../ui/field.tsx";
import { type FieldType, fieldTypes, typeOf, withKeyword, withType } from "./fields.ts";
import { changeInputField, type FormEdit, renameInputField } from "./form-edits.ts";
import { keywordFault, nameFault } from "./field-checks.ts";
import { TextField } from "./text-field.tsx";

/** What can be said about one input. */
export function InputFields({
  name,
  field,
  required,
  others,
  onRenamed,
  edit,
}: {
  name: string;
  field: JsonObject;
  required: boolean;
  others: readonly string[];
  onRenamed: (name: string) => void;
  edit: (change: FormEdit) => void;
}) {
  const type = typeOf(field);
  const set = (next: JsonObject): void => edit(changeInputField(name, next, required));
  const numeric = type === "number" || type === "integer";
  /** A field for one keyword; what it makes of the typed text is checked as the server will check it. */
  const keyword = (key: string, label: string, { read = asTyped, ...look }: KeywordLook = {}) => {
    const changed = (typed: string): JsonObject => withKeyword(field, key, read(typed));
    return (
      <TextField
        {...look}
        label={label}
        value={field[key] === undefined ? "" : asText(field[key])}
        check={(typed) => keywordFault(changed(typed), key)}
        onValue={(typed) => set(changed(typed))}
      />
    );
  };
  return (
    <div className="grid grid-cols-2 gap-2.5 border-t border-line p-2.5">
      <TextField
        label="Name"
        help={<span className="font-mono">${envName(name)}</span>}
        mono
        value={name}
        check={(next) => nameFault("input", next, others)}
        onValue={(next) => {
          edit(renameInputField(name, next));
          onRenamed(next);
        }}
      />
      <Field label="Type">
        {(control) => (
          <select
            {...control}
            className="field"
            value={type}
            onChange={({ target }) => set(withType(field, target.value as FieldType))}
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
        {keyword("title", "Label")}
        {keyword("description", "Help")}
        {type === "choice" && (
          <TextField
            label="Options"
            help="One a line."
            lines
            value={optionsOf(field).join("\n")}
            check={(typed) => keywordFault({ ...field, enum: toOptions(typed, field) }, "enum")}
            onValue={(typed) => {
              const options = toOptions(typed, field);
              const fallback = options.includes(field["default"]) ? field["default"] : undefined;
              set(withKeyword({ ...field, enum: options }, "default", fallback));
            }}
          />
        )}
      </div>
      {type === "boolean" || type === "choice" ? (
        <Field label="Default">
          {(control) => (
            <select
              {...control}
              className="field"
              value={field["default"] === undefined ? "" : asText(field["default"])}
              onChange={({ target }) =>
                set(
                  withKeyword(
                    field,
                    "default",
                    target.value === ""
                      ? undefined
                      : type === "boolean"
                        ? target.value === "true"
                        : optionsOf(field).find((option) => String(option) === target.value),
                  ),
                )
              }
            >
              <option value="">none</option>
              {(type === "boolean" ? ["true", "false"] : optionsOf(field).map(String)).map((option) => (
                <option key={option} value={option}>
                  {type === "boolean" ? (option === "true" ? "yes" : "no") : option}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        keyword("default", "Default", { mono: true, ...(numeric ? { read: asNumber } : {}) })
      )}
      {numeric ? (
        <div className="grid grid-cols-2 gap-2">
          {keyword("minimum", "At least", { mono: true, read: asNumber })}
          {keyword("maximum", "At most", { mono: true, read: asNumber })}
        </div>
      ) : type === "text" ? (
        keyword("pattern", "Pattern", { mono: true })
      ) : (
        <span />
      )}
      <label className="col-span-2 flex items-center gap-2 text-xs">
        <input
          type="checkbox"
          className="size-3.5 accent-accent"
          checked={required}
          onChange={({ target }) => edit(changeInputField(name, field, target.checked))}
        />
        Required
      </label>
    </div>
  );
}

type KeywordLook = { mono?: boolean; read?: (typed: string) => unknown };

const asTyped = (typed: string): unknown => typed;

/** What is no number stays what it is, for the check to name. */
function asNumber(typed: string): unknown {
  const text = typed.trim();
  const number = Number(text);
  return text === "" ? undefined : Number.isFinite(number) ? number : text;
}

function optionsOf(field: JsonObject): readonly unknown[] {
  return Array.isArray(field["enum"]) ? field["enum"] : [];
}

/** One option a line; of a field of numbers, those that are some. */
function toOptions(typed: string, field: JsonObject): unknown[] {
  const lines = typed.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  return field["type"] === "string" ? lines : lines.map(asNumber);
}
