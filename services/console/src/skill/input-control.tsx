import type { JsonObject } from "@infraskill/contracts/text";
import { labelOf } from "@infraskill/workflow/schema/check-value";
import { fieldType } from "@infraskill/workflow/schema/fields";
import type { UseFormRegister } from "react-hook-form";
import { Field } from "../ui/field.tsx";
import type { RunValues } from "./run-values.ts";

/** One input as its schema draws it. */
export function InputControl({
  name,
  schema,
  required,
  error,
  register,
}: {
  name: string;
  schema: JsonObject;
  required: boolean;
  error: string | undefined;
  register: UseFormRegister<RunValues>;
}) {
  const type = fieldType(schema);
  const help = typeof schema["description"] === "string" ? schema["description"] : undefined;
  const label = labelOf(name, schema);
  const options = Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
  if (type === "boolean") {
    return (
      <label className="grid grid-cols-[auto_1fr] items-start gap-x-2">
        <input type="checkbox" className="mt-0.5 size-4 accent-accent" {...register(name)} />
        <span className="font-medium">{label}</span>
        {help !== undefined && <span className="col-start-2 text-xs text-faint">{help}</span>}
      </label>
    );
  }
  return (
    <Field
      label={
        <>
          {label}
          {label !== name && <span className="ml-1.5 font-mono font-normal text-faint">{name}</span>}
        </>
      }
      help={help === label ? undefined : help}
      error={error}
      required={required}
    >
      {(control) =>
        options === undefined ? (
          <input
            {...control}
            {...register(name)}
            className="field font-mono"
            inputMode={type === "number" ? "decimal" : type === "integer" ? "numeric" : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        ) : (
          <select {...control} {...register(name)} className="field">
            {(!required || schema["default"] === undefined) && <option value="">{required ? "Choose…" : "—"}</option>}
            {options.map((option) => (
              <option key={String(option)} value={String(option)}>
                {String(option)}
              </option>
            ))}
          </select>
        )
      }
    </Field>
  );
}
