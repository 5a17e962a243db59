import type { JsonObject } from "../json.ts";
import { readSkillFile } from "../read.ts";
import { fieldsOf, fieldType, requiredOf } from "../schema.ts";
import { inputType } from "./fields.ts";
import { codeSpan, table } from "./markdown.ts";
import { reachOf, type Reach } from "./reach.ts";

type Contract = {
  readonly inputs_schema: JsonObject;
  readonly outputs_schema: JsonObject;
  readonly yaml_content: string;
};
type Side = { readonly field: JsonObject; readonly required: boolean };

/**
 * What callers of the active revision and readers of its outputs would notice, whether what works today may stop working, and what the skill may
 * touch that it could not, or no longer.
 */
export function describeChanges(before: Contract, after: Contract): string {
  const rows = [
    ...changedFields(before.inputs_schema, after.inputs_schema).map((row) => ["input", ...rowOf(row, inputChanges)]),
    ...changedFields(before.outputs_schema, after.outputs_schema).map((row) => [
      "output",
      ...rowOf(row, outputChanges),
    ]),
    ...changedReach(reachOf(readSkillFile(before.yaml_content)), reachOf(readSkillFile(after.yaml_content))),
  ].filter((row) => row[2] !== "");
  return rows.length === 0
    ? "Inputs, outputs, permissions, secrets and actions stay as they are."
    : table(["", "name", "what changes", "calls of today"], rows);
}

function changedReach(before: Reach, after: Reach): string[][] {
  return reaches.flatMap(([kind, word]) => [
    ...after[kind].filter((name) => !before[kind].includes(name)).map((name) => [word, codeSpan(name), "new", "work"]),
    ...before[kind]
      .filter((name) => !after[kind].includes(name))
      .map((name) => [word, codeSpan(name), "removed", "work"]),
  ]);
}

const reaches = [
  ["permissions", "permission"],
  ["secrets", "secret"],
  ["actions", "action"],
] as const satisfies readonly (readonly [keyof Reach, string])[];

type Change = { readonly words: string; readonly breaks: boolean };
type Changed = { readonly name: string; readonly before: Side | undefined; readonly after: Side | undefined };

function changedFields(before: JsonObject, after: JsonObject): Changed[] {
  const [old_sides, new_sides] = [sidesOf(before), sidesOf(after)];
  const names = [...new Set([...new_sides.keys(), ...old_sides.keys()])];
  return names.map((name) => ({ name, before: old_sides.get(name), after: new_sides.get(name) }));
}

function sidesOf(schema: JsonObject): Map<string, Side> {
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
  const [was, is] = [inputType(before.field), inputType(after.field)];
  // Every whole number is a number.
  if (was !== is) changes.push({ words: `type ${was} → ${is}`, breaks: !(was === "integer" && is === "number") });
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
