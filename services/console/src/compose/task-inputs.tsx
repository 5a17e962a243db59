import { fieldName } from "@infraskill/workflow/schema/fields";
import { Plus, Trash2 } from "lucide-react";
import { newKey } from "../lib/new-key.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Panel } from "../ui/page.tsx";
import { type InputDraft, type InputType, inputTypes } from "./draft.ts";

/** The task's own inputs: said once, used by any step. */
export function TaskInputs({
  inputs,
  onChange,
}: {
  inputs: readonly InputDraft[];
  onChange: (inputs: readonly InputDraft[]) => void;
}) {
  const change = (key: string, part: Partial<InputDraft>): void =>
    onChange(inputs.map((input) => (input.key === key ? { ...input, ...part } : input)));
  return (
    <Panel
      title="Inputs of the task"
      actions={
        <Button
          size="sm"
          onClick={() => onChange([...inputs, { key: newKey(), name: freeName(inputs), type: "text", value: "" }])}
        >
          <Plus size={13} aria-hidden /> Add
        </Button>
      }
    >
      {inputs.length === 0 ? (
        <p className="text-soft">Say a value once here and let several steps take it.</p>
      ) : (
        <ul className="grid gap-3">
          {inputs.map(({ key, name, type, value }) => {
            const wrong = nameProblem(name, key, inputs);
            return (
              <li key={key} className="grid grid-cols-[minmax(0,1fr)_6.5rem_auto] gap-1.5">
                <input
                  aria-label="Name"
                  aria-invalid={wrong !== undefined || undefined}
                  className="field font-mono text-xs"
                  autoComplete="off"
                  spellCheck={false}
                  value={name}
                  onChange={({ target }) => change(key, { name: target.value })}
                />
                <select
                  aria-label={`Type of ${name}`}
                  className="field"
                  value={type}
                  onChange={({ target }) => change(key, { type: target.value as InputType })}
                >
                  {inputTypes.map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
                <IconButton
                  label={`Remove ${name}`}
                  onClick={() => onChange(inputs.filter((each) => each.key !== key))}
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
                {type === "yes or no" ? (
                  <select
                    aria-label={`Value of ${name}`}
                    className="field col-span-2"
                    value={value === "true" ? "true" : "false"}
                    onChange={({ target }) => change(key, { value: target.value })}
                  >
                    <option value="true">Yes</option>
                    <option value="false">No</option>
                  </select>
                ) : (
                  <input
                    aria-label={`Value of ${name}`}
                    className="field col-span-2 font-mono text-xs"
                    inputMode={type === "number" ? "decimal" : undefined}
                    placeholder="Value"
                    autoComplete="off"
                    spellCheck={false}
                    value={value}
                    onChange={({ target }) => change(key, { value: target.value })}
                  />
                )}
                {wrong !== undefined && <p className="col-span-3 text-xs text-bad">{wrong}</p>}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function nameProblem(name: string, key: string, inputs: readonly InputDraft[]): string | undefined {
  if (!fieldName.test(name)) return "A name starts with a letter or _ and holds only letters, digits, - and _.";
  return inputs.some((other) => other.key !== key && other.name === name) ? "Another input has this name." : undefined;
}

function freeName(inputs: readonly InputDraft[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? "input" : `input-${number}`;
    if (!inputs.some((input) => input.name === name)) return name;
  }
}
