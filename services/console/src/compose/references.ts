import { dispatchType } from "@infraskill/workflow/schema/dispatch-inputs";
import { fieldsOf } from "@infraskill/workflow/schema/fields";
import type { JsonObject } from "@infraskill/contracts/text";
import type { InputType, TaskDraft } from "./draft.ts";

type Reference = { readonly expression: string; readonly name: string; readonly type: InputType };
export type ReferenceGroup = { readonly label: string; readonly references: readonly Reference[] };

/** What the inputs of a step may be taken from: the task's inputs and the outputs of earlier steps, latest first. */
export function referencesFor(
  draft: TaskDraft,
  index: number,
  outputs: ReadonlyMap<string, JsonObject>,
): ReferenceGroup[] {
  const inputs = draft.inputs
    .filter(({ name }) => name !== "")
    .map(({ name, type }) => ({ expression: `\${{ task.inputs.${name} }}`, name, type }));
  const steps = draft.steps.slice(0, index).map(({ skill_name }, step) => ({
    label: `Step ${step} · ${skill_name}`,
    references: fieldsOf(outputs.get(skill_name) ?? {}).map(([name, field]) => ({
      expression: `\${{ steps.${step}.outputs.${name} }}`,
      name,
      type: typeWords[dispatchType(field)],
    })),
  }));
  return [{ label: "Task inputs", references: inputs }, ...steps.toReversed()].filter(
    ({ references }) => references.length > 0,
  );
}

const typeWords = {
  string: "text",
  choice: "text",
  environment: "text",
  number: "number",
  boolean: "yes or no",
} as const satisfies Record<ReturnType<typeof dispatchType>, InputType>;

/** Whether a value is taken from elsewhere, in whole or in part. */
export function isExpression(value: string | boolean | undefined): boolean {
  return typeof value === "string" && value.includes("${{");
}

/**
 * A text whose expressions look at the same steps after these have moved. Undefined when one of them is gone.
 *
 * @param places the new place of each step by its old one; -1 where it is gone
 */
export function renumber(text: string, places: readonly number[]): string | undefined {
  if (!isExpression(text)) return text;
  let gone = false;
  const renumbered = text.replaceAll(/\$\{\{.*?\}\}/gs, (expression) =>
    expression.replaceAll(/\bsteps\.(\d+)\b/g, (whole, digits: string) => {
      const place = places[Number(digits)];
      if (place === -1) gone = true;
      return place === undefined ? whole : `steps.${place}`;
    }),
  );
  return gone ? undefined : renumbered;
}
