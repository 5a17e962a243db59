import { fieldsOf } from "@infraskill/workflow/schema/fields";
import { Field } from "../ui/field.tsx";
import type { Draft } from "./draft.ts";
import { type FormEdit, limitRuns } from "./form-edits.ts";
import { groupFault, inputsOf, limitFault, toggleInput, withGroup, withLimit } from "./run-limit.ts";
import { TextField } from "./text-field.tsx";

/** How many executions may run at once: of the whole skill, or of those whose inputs come to the same group. */
export function RunLimitForm({
  draft,
  edit,
  frozen,
}: {
  draft: Draft;
  edit: (change: FormEdit) => void;
  frozen: boolean;
}) {
  const { concurrency } = draft;
  const inputs = fieldsOf(draft.inputs_schema).map(([name]) => name);
  const group = concurrency?.group ?? "";
  const picked = inputsOf(group);
  const give = (next: string) => concurrency != null && edit(limitRuns(withGroup(concurrency, next)));
  return (
    <fieldset
      id="draft-limit"
      tabIndex={-1}
      disabled={frozen}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 outline-none"
    >
      <legend className="sr-only">Executions at once</legend>
      <TextField
        label="Executions at once"
        help="The others wait for their turn. Empty: no limit."
        mono
        value={concurrency == null ? "" : String(concurrency.limit)}
        check={limitFault}
        onValue={(typed) => edit(limitRuns(withLimit(concurrency, typed)))}
      />
      {concurrency != null && (
        <Field
          id="draft-group"
          label="Counted together"
          help={
            group === ""
              ? "All executions of the skill. Pick inputs to count those with the same values."
              : "Executions for which this comes to the same text."
          }
          error={groupFault(group, inputs)}
        >
          {(control) => (
            <>
              {(inputs.length > 0 || picked.length > 0) && (
                <div role="group" aria-label="Inputs that set the group" className="flex flex-wrap gap-1.5">
                  {[...new Set([...inputs, ...picked])].map((name) => (
                    <button
                      key={name}
                      type="button"
                      aria-pressed={picked.includes(name)}
                      className="max-w-full truncate rounded-sm border border-line-strong bg-sunken px-1.5 font-mono text-2xs leading-5 hover:border-accent hover:text-accent aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
                      onClick={() => give(toggleInput(group, name))}
                    >
                      {name}
                    </button>
                  ))}
                </div>
              )}
              <input
                {...control}
                className="field font-mono text-xs"
                autoComplete="off"
                spellCheck={false}
                placeholder="the whole skill"
                value={group}
                onChange={({ target }) => give(target.value)}
              />
            </>
          )}
        </Field>
      )}
    </fieldset>
  );
}
