import { checkInputs } from "@infraskill/workflow/schema/inputs";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";
import { useForm } from "react-hook-form";
import { InputControl } from "../skill/input-control.tsx";
import { type RunValues, toInputs, toRunValues } from "../skill/run-values.ts";
import type { Draft } from "./draft.ts";

/** The form that people will fill in, alive: what is typed is checked as a run would be. */
export default function PreviewRunForm({ draft }: { draft: Draft }) {
  const schema = draft.inputs_schema;
  const fields = fieldsOf(schema);
  const required = requiredOf(schema);
  const { register, watch } = useForm<RunValues>({
    values: toRunValues(schema, {}),
    resetOptions: { keepDirtyValues: true },
  });
  const values = watch();
  const checked = checkInputs(schema, toInputs(schema, values));
  const faults = new Map(
    checked.ok ? [] : checked.errors.map(({ pointer, detail }) => [pointer.slice("/inputs/".length), detail]),
  );
  if (fields.length === 0) return <p className="text-soft">This skill takes no inputs.</p>;
  return (
    <div className="grid gap-3">
      <p className="text-xs text-faint">
        What people fill in to run it. Try it: nothing is sent, and values are checked as for a run.
      </p>
      {fields.map(([name, field]) => (
        <InputControl
          key={name}
          name={name}
          schema={field}
          required={required.has(name)}
          error={values[name] === "" || values[name] === undefined ? undefined : faults.get(name)}
          register={register}
        />
      ))}
    </div>
  );
}
