import { labelOf } from "@infraskill/workflow/schema/check-value";
import { fieldType } from "@infraskill/workflow/schema/fields";
import type { JsonObject } from "@infraskill/contracts/text";
import { asText } from "../lib/as-text.ts";
import { Field } from "../ui/field.tsx";
import { ReferencePicker } from "./reference-picker.tsx";
import { isExpression, type ReferenceGroup } from "./references.ts";

type Value = string | boolean | undefined;

/** One input of a step: typed as its schema draws it, or taken from elsewhere as an expression. Empty means the skill's default. */
export function MappedInput({
  name,
  schema,
  required,
  value,
  error,
  groups,
  onChange,
}: {
  name: string;
  schema: JsonObject;
  required: boolean;
  value: Value;
  error: string | undefined;
  groups: readonly ReferenceGroup[];
  onChange: (value: Value) => void;
}) {
  const type = fieldType(schema);
  const label = labelOf(name, schema);
  const fallback = schema["default"];
  const options = type === "boolean" ? [true, false] : Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
  const choose = (text: string): void =>
    onChange(text === "" ? undefined : type === "boolean" && !isExpression(text) ? text === "true" : text);
  const shown = value === undefined ? "" : String(value);
  return (
    <Field
      label={
        <>
          {label}
          {label !== name && <span className="ml-1.5 font-mono font-normal text-faint">{name}</span>}
        </>
      }
      help={typeof schema["description"] === "string" ? schema["description"] : undefined}
      error={error}
      required={required}
    >
      {(control) => (
        <div className="flex gap-1.5">
          {options === undefined || isExpression(value) ? (
            <input
              {...control}
              className={`field font-mono text-xs ${isExpression(value) ? "border-accent! bg-accent-soft! text-accent!" : ""}`}
              placeholder={fallback === undefined ? undefined : asText(fallback)}
              autoComplete="off"
              spellCheck={false}
              value={shown}
              onChange={({ target }) => choose(target.value)}
            />
          ) : (
            <select {...control} className="field" value={shown} onChange={({ target }) => choose(target.value)}>
              <option value="">
                {fallback === undefined ? (required ? "Choose…" : "—") : `${word(fallback)} (default)`}
              </option>
              {options.map((option) => (
                <option key={String(option)} value={String(option)}>
                  {word(option)}
                </option>
              ))}
            </select>
          )}
          <ReferencePicker
            name={name}
            groups={groups}
            onPick={(expression) =>
              onChange(type === "string" && options === undefined ? joined(value, expression) : expression)
            }
          />
        </div>
      )}
    </Field>
  );
}

/** A text may have an expression in it; what was picked before is replaced. */
function joined(value: Value, expression: string): string {
  return typeof value === "string" && value !== "" && !isExpression(value) ? `${value}${expression}` : expression;
}

function word(option: unknown): string {
  return option === true ? "Yes" : option === false ? "No" : asText(option);
}
