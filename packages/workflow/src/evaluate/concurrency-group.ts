import { fieldsOf } from "../schema/fields.ts";
import type { JsonObject } from "../schema/json.ts";
import type { SchemaError } from "../schema/schema-error.ts";
import { evaluateTemplate, isTemplate, parseTemplate, referencesOf } from "./value-template.ts";

/** How many executions of a skill may run at once: all together, or per value of `group`, such as `${{ inputs.cluster }}`. */
export type Concurrency = { readonly group?: string | undefined; readonly limit: number };

/** Whether a skill with these inputs can have this limit. Empty list: yes. */
export function checkConcurrency(concurrency: Concurrency, inputs_schema: JsonObject): SchemaError[] {
  const { group } = concurrency;
  if (!isTemplate(group)) return [];
  const fail = (detail: string) => ({ pointer: "/concurrency/group", detail });
  const parsed = parseTemplate(group, ["inputs"]);
  if (!parsed.ok) return [fail(parsed.detail)];
  const known = new Set(fieldsOf(inputs_schema).map(([name]) => name.toLowerCase()));
  return referencesOf(parsed.template).flatMap(({ path: [name] }) =>
    name === undefined || known.has(name.toLowerCase()) ? [] : [fail(`looks at inputs.${name}, which is no input`)],
  );
}

/** The group an execution with these inputs counts in. One that cannot be evaluated is a group by its own text. */
export function groupOf({ group = "" }: Concurrency, inputs: JsonObject): string {
  if (!isTemplate(group)) return group;
  const parsed = parseTemplate(group, ["inputs"]);
  const evaluated = parsed.ok ? evaluateTemplate(parsed.template, { inputs }) : parsed;
  if (!evaluated.ok) return group;
  return typeof evaluated.value === "string" ? evaluated.value : JSON.stringify(evaluated.value);
}
