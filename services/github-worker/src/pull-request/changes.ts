import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { dispatchType } from "@infraskill/workflow/dispatch-inputs";
import { fieldsOf, fieldType, requiredOf } from "@infraskill/workflow/schema";
import { codeSpan, table } from "./markdown.ts";

type Schemas = Pick<RevisionWork, "inputs_schema" | "outputs_schema">;
type Field = Readonly<Record<string, unknown>>;
type Side = { readonly field: Field; readonly required: boolean };

/** What callers of the active revision and readers of its outputs would notice, and whether what works today may stop working. */
export function describeChanges(before: Schemas, after: Schemas): string {
  const rows = [
    ...changedFields(before.inputs_schema, after.inputs_schema).map((row) => ["input", ...rowOf(row, inputChanges)]),
    ...changedFields(before.outputs_schema, after.outputs_schema).map((row) => [
      "output",
      ...rowOf(row, outputChanges),
    ]),
  ].filter((row) => row[2] !== "");
  return rows.length === 0
    ? "Inputs and outputs stay as they are."
    : table(["", "name", "what changes", "calls of today"], rows);
}

type Change = { readonly words: string; readonly breaks: boolean };
type Changed = { readonly name: string; readonly before: Side | undefined; readonly after: Side | undefined };

function changedFields(before: Field, after: Field): Changed[] {
  const [old_sides, new_sides] = [sidesOf(before), sidesOf(after)];
  const names = [...new Set([...new_sides.keys(), ...old_sides.keys()])];
  return names.map((name) => ({ name, before: old_sides.get(name), after: new_sides.get(name) }));
}

function sidesOf(schema: Field): Map<string, Side> {
  const required = requiredOf(schema);
  return new Map(fieldsOf(schema).map(([name, field]) => [name, { field, required: required.has(name) }]));
}

function rowOf(changed: Changed, judge: (before: Side | undefined, after: Side | undefined) => Change[]): string[] {
  const changes = judge(changed.before, changed.after);
  const breaks = changes.some((change) => change.breaks);
  return [codeSpan(changed.name, 120), changes.map(({ words }) => words).join(", "), breaks ? "may fail" : "work"];
}

function inputChanges(before: Side | undefined, after: Side | undefined): Change[] {
  if (after === undefined) return [{ words: "removed", breaks: true }];
  const demanding = after.required && after.field["default"] === undefined;
  if (before === undefined) return [{ words: demanding ? "new, required" : "new, optional", breaks: demanding }];
  const changes: Change[] = [];
  const [was, is] = [dispatchType(before.field), dispatchType(after.field)];
  if (was !== is) changes.push({ words: `type ${was} → ${is}`, breaks: true });
  if (before.required !== after.required)
    changes.push({ words: after.required ? "now required" : "now optional", breaks: demanding });
  if (!same(before.field["default"], after.field["default"])) {
    const breaks = after.field["default"] === undefined && after.required;
    changes.push({ words: `default ${shown(before.field["default"])} → ${shown(after.field["default"])}`, breaks });
  }
  if (limits.some((limit) => !same(before.field[limit], after.field[limit])))
    changes.push({ words: "other values are allowed", breaks: true });
  return changes;
}

function outputChanges(before: Side | undefined, after: Side | undefined): Change[] {
  if (after === undefined) return [{ words: "removed", breaks: true }];
  if (before === undefined) return [{ words: "new", breaks: false }];
  const [was, is] = [fieldType(before.field), fieldType(after.field)];
  const changes: Change[] = was === is ? [] : [{ words: `type ${was ?? "none"} → ${is ?? "none"}`, breaks: true }];
  if (before.required && !after.required) changes.push({ words: "no longer promised", breaks: true });
  if (!before.required && after.required) changes.push({ words: "now promised", breaks: false });
  return changes;
}

const limits = [
  "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
]; // prettier-ignore

function shown(value: unknown): string {
  return value === undefined ? "none" : codeSpan(JSON.stringify(value), 60);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
