import type { Concurrency } from "../evaluate/concurrency-group.ts";
import { readSkillFile } from "../file/read.ts";
import { fieldsOf, fieldType, requiredOf } from "../schema/fields.ts";
import type { JsonObject } from "../schema/json.ts";
import { inputType } from "./fields.ts";
import { limitInWords } from "./limit.ts";
import { codeSpan, table } from "./markdown.ts";
import { reachOf, type Reach } from "./reach.ts";
import { type Definition, isSameIfKnown, isSameJson } from "./same-definition.ts";

type Side = { readonly field: JsonObject; readonly required: boolean };

/**
 * What callers of the active revision and readers of its outputs would notice, whether what works today may stop working, and what the skill may
 * touch that it could not, or no longer.
 */
export function describeChanges(before: Definition, after: Definition): string {
  const rows = [
    ...changedWords(before, after),
    ...changedLimit(before.concurrency, after.concurrency),
    ...changedSchema("input", before.inputs_schema, after.inputs_schema, inputChanges),
    ...changedSchema("output", before.outputs_schema, after.outputs_schema, outputChanges),
    ...changedReach(reachOf(readSkillFile(before.yaml_content)), reachOf(readSkillFile(after.yaml_content))),
  ];
  return rows.length === 0
    ? "Description, limit, inputs, outputs, permissions, secrets and actions stay as they are."
    : table(["", "name", "what changes", "calls of today"], rows);
}

function changedWords(before: Definition, after: Definition): string[][] {
  return (["description", "category"] as const)
    .filter((name) => !isSameIfKnown(before[name], after[name]))
    .map((name) => ["skill", name, `${spoken(before[name])} → ${spoken(after[name])}`, "work"]);
}

function spoken(words: string | undefined): string {
  return codeSpan(words ?? "") || "none";
}

type Limit = Concurrency | null | undefined;

function changedLimit(before: Limit, after: Limit): string[][] {
  if (before === undefined || after === undefined || isSameJson(before, after)) return [];
  const looser = after === null || (before !== null && before.group === after.group && after.limit > before.limit);
  return [["skill", "limit", `${limitInWords(before)} → ${limitInWords(after)}`, looser ? "work" : "may wait"]];
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
type Judge = (before: Side | undefined, after: Side | undefined) => Change[];

function changedSchema(word: string, before: JsonObject, after: JsonObject, judge: Judge): string[][] {
  const [old_sides, new_sides] = [sidesOf(before), sidesOf(after)];
  const names = [...new Set([...new_sides.keys(), ...old_sides.keys()])];
  const fields = names.map((name) => rowOf(word, codeSpan(name, 120), judge(old_sides.get(name), new_sides.get(name))));
  const rest = keywordChanges(before, after, (keyword) => ["properties", "required"].includes(keyword));
  return [...fields, rowOf(`${word}s`, "all", rest)].filter(([, , words]) => words !== "");
}

function sidesOf(schema: JsonObject): Map<string, Side> {
  const required = requiredOf(schema);
  return new Map(fieldsOf(schema).map(([name, field]) => [name, { field, required: required.has(name) }]));
}

function rowOf(word: string, name: string, changes: readonly Change[]): string[] {
  const breaks = changes.some((change) => change.breaks);
  return [word, name, changes.map(({ words }) => words).join(", "), breaks ? "may fail" : "work"];
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
  if (!isSameJson(before.field["default"], after.field["default"])) {
    const breaks = after.field["default"] === undefined && after.required;
    changes.push({ words: fromTo("default", before.field, after.field), breaks });
  }
  const told = (keyword: string) => keyword === "default" || (keyword === "type" && was !== is);
  return [...changes, ...keywordChanges(before.field, after.field, told)];
}

function outputChanges(before: Side | undefined, after: Side | undefined): Change[] {
  if (after === undefined) return [{ words: "removed", breaks: true }];
  if (before === undefined) return [{ words: "new", breaks: false }];
  const [was, is] = [fieldType(before.field), fieldType(after.field)];
  const changes: Change[] = was === is ? [] : [{ words: `type ${was ?? "none"} → ${is ?? "none"}`, breaks: true }];
  if (before.required && !after.required) changes.push({ words: "no longer promised", breaks: true });
  if (!before.required && after.required) changes.push({ words: "now promised", breaks: false });
  // What readers rely on is a promise the other way round: they are surprised by values that were not allowed before.
  return [
    ...changes,
    ...keywordChanges(after.field, before.field, (keyword) => keyword === "type").map(({ keyword, breaks }) => {
      return { words: fromTo(keyword, before.field, after.field), breaks };
    }),
  ];
}

type KeywordChange = Change & { readonly keyword: string };

/** Every keyword that differs but those told already, and whether fewer values are allowed after it. */
function keywordChanges(before: JsonObject, after: JsonObject, isTold: (keyword: string) => boolean): KeywordChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((keyword) => !isTold(keyword) && !isSameJson(before[keyword], after[keyword]))
    .map((keyword) => ({
      keyword,
      words: fromTo(keyword, before, after),
      breaks: tightens(keyword, before[keyword], after[keyword]),
    }));
}

const lowest = ["minLength", "minimum", "exclusiveMinimum"];
const highest = ["maxLength", "maximum", "exclusiveMaximum"];
const others = ["type", "const", "pattern", "format", "multipleOf"];

function tightens(keyword: string, before: unknown, after: unknown): boolean {
  if (keyword === "additionalProperties") return after === false;
  if (![...lowest, ...highest, ...others, "enum"].includes(keyword) || after === undefined) return false;
  if (before === undefined) return true;
  if (lowest.includes(keyword)) return Number(after) > Number(before);
  if (highest.includes(keyword)) return Number(after) < Number(before);
  if (keyword === "enum" && Array.isArray(before) && Array.isArray(after))
    return before.some((option) => !after.includes(option));
  return true;
}

function fromTo(keyword: string, before: JsonObject, after: JsonObject): string {
  const name = keyword === "enum" ? "options" : /^[a-zA-Z]+$/.test(keyword) ? keyword : codeSpan(keyword, 60);
  return `${name} ${shown(before[keyword])} → ${shown(after[keyword])}`;
}

function shown(value: unknown): string {
  return value === undefined ? "none" : codeSpan(JSON.stringify(value), 120);
}
