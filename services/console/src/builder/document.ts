import type { JsonObject } from "@infraskill/contracts/text";
import type { SkillStep } from "@infraskill/workflow/definition";
import { type DispatchInput, fromDispatchInputs } from "@infraskill/workflow/dispatch-inputs";
import { envName } from "@infraskill/workflow/env-name";
import { generateSkillFile } from "@infraskill/workflow/generate";
import { jobOf, readSource, type SkillFile, type Step } from "@infraskill/workflow/read";
import { checkDocument, checkSafety } from "@infraskill/workflow/safety";
import { fieldsOf } from "@infraskill/workflow/schema";
import { parseSource } from "@infraskill/workflow/source";
import { parse } from "yaml";
import { mergeInputs, mergeOutputs } from "./merge-schema.ts";
import type { DraftContent } from "./draft.ts";
import { appendIn, deleteIn, replaceItem, setIn } from "./splice-yaml.ts";

/** The form's view of the file, or the line that must be fixed before there can be one. */
export type Reading =
  | { ok: true; file: SkillFile; steps: readonly Step[] }
  | { ok: false; line: number; message: string };

export function readDocument(text: string): Reading {
  const unsafe = checkSafety(text).find(({ severity }) => severity === "error");
  if (unsafe !== undefined) return { ok: false, line: unsafe.line, message: unsafe.message };
  const source = parseSource(text);
  const error = checkDocument(source).find(({ severity }) => severity === "error");
  if (error !== undefined) return { ok: false, line: error.line, message: error.message };
  const file = readSource(source);
  return { ok: true, file, steps: jobOf(file, "execute")?.steps ?? [] };
}

/** What an edit of the text means for the metadata and the schemas. Patterns and limits of inputs that are still there are kept. */
export function followText(draft: DraftContent, text: string): DraftContent {
  const next = { ...draft, yaml_content: text };
  const reading = readDocument(text);
  if (!reading.ok) return next;
  const { file } = reading;
  const declared = fromDispatchInputs(file.inputs.map((input) => [input.name.value, toDeclaration(input)]));
  const outputs = jobOf(file, "execute")?.outputs.map(({ key }) => key.value) ?? [];
  return {
    ...next,
    name: draft.base === null && file.name !== undefined ? file.name.value : draft.name,
    inputs_schema: mergeInputs(draft.inputs_schema, declared),
    outputs_schema: mergeOutputs(draft.outputs_schema, outputs),
  };
}

export function withName(draft: DraftContent, name: string): DraftContent {
  const text = setIn(draft.yaml_content, ["name"], name);
  return { ...draft, name, yaml_content: setIn(text, ["run-name"], `${name} · \${{ inputs.execution_id }}`) };
}

/** Writes the inputs into the file: their declarations, and the variables by which scripts see them. */
export function withInputs(draft: DraftContent, inputs_schema: JsonObject): DraftContent {
  const text = draft.yaml_content;
  const fresh = parse(generateSkillFile({ name: "x", inputs_schema, outputs_schema: {}, commands: [] })) as FreshFile;
  const declared = fresh.on.workflow_dispatch.inputs;
  let result = setIn(text, ["on", "workflow_dispatch", "inputs"], ordered(text, declared));
  const before = new Set(fieldsOf(draft.inputs_schema).map(([name]) => envName(name)));
  const wanted = fresh.jobs.execute.env ?? {};
  for (const name of before)
    if (!Object.hasOwn(wanted, name)) result = deleteIn(result, ["jobs", "execute", "env", name]);
  for (const [name, value] of Object.entries(wanted)) {
    if (!before.has(name)) result = setIn(result, ["jobs", "execute", "env", name], value);
  }
  if (Object.keys(envOf(result)).length === 0) result = deleteIn(result, ["jobs", "execute", "env"]);
  return { ...draft, inputs_schema, yaml_content: result };
}

/** Writes the outputs: each is what the last step that set it said. */
export function withOutputs(draft: DraftContent, outputs_schema: JsonObject): DraftContent {
  const reading = readDocument(draft.yaml_content);
  const ids = reading.ok
    ? reading.steps.flatMap(({ id, run }) => (id === undefined || run === undefined ? [] : [id.value]))
    : [];
  const path = ["jobs", "execute", "outputs"];
  const commands = ids.map((id): SkillStep => ({ id, run: ":" }));
  const fresh = parse(generateSkillFile({ name: "x", inputs_schema: {}, outputs_schema, commands })) as FreshFile;
  const before = new Set(fieldsOf(draft.outputs_schema).map(([name]) => name));
  const wanted = fresh.jobs.execute.outputs ?? {};
  let text = draft.yaml_content;
  for (const name of before) if (!Object.hasOwn(wanted, name)) text = deleteIn(text, [...path, name]);
  for (const [name, value] of Object.entries(wanted)) if (!before.has(name)) text = setIn(text, [...path, name], value);
  const rest = (parse(text) as FreshFile).jobs.execute.outputs;
  if (rest != null && Object.keys(rest).length === 0) text = deleteIn(text, path);
  return { ...draft, outputs_schema, yaml_content: text };
}

const steps = ["jobs", "execute", "steps"];

export function withStep(draft: DraftContent, step: JsonObject, at: number | undefined): DraftContent {
  const text = draft.yaml_content;
  return {
    ...draft,
    yaml_content: at === undefined ? appendIn(text, steps, step) : replaceItem(text, steps, at, step),
  };
}

export function withoutStep(draft: DraftContent, at: number): DraftContent {
  return { ...draft, yaml_content: deleteIn(draft.yaml_content, [...steps, at]) };
}

/** The step as it stands in the file, every key of it. */
export function stepAt(text: string, at: number): JsonObject | undefined {
  const file = parse(text) as { jobs?: { execute?: { steps?: JsonObject[] } } } | null;
  return file?.jobs?.execute?.steps?.[at];
}

type FreshFile = {
  on: { workflow_dispatch: { inputs: Record<string, DispatchInput> } };
  jobs: { execute: { env?: Record<string, string>; outputs?: Record<string, string> } };
};

function envOf(text: string): object {
  return (parse(text) as FreshFile).jobs.execute.env ?? {};
}

/** The contract's own inputs stay as the file has them. */
function ordered(text: string, declared: Record<string, DispatchInput>): Record<string, unknown> {
  const kept = (parse(text) as Partial<FreshFile> | null)?.on?.workflow_dispatch?.inputs ?? {};
  const contract = ["execution_id", "callback_url"];
  const own = Object.fromEntries(contract.map((name) => [name, kept[name] ?? declared[name]]));
  return { ...own, ...Object.fromEntries(Object.entries(declared).filter(([name]) => !contract.includes(name))) };
}

export function toDeclaration(input: SkillFile["inputs"][number]): Partial<DispatchInput> {
  const type = input.type?.value as DispatchInput["type"] | undefined;
  const fallback = input.default?.value;
  return {
    ...(input.description === undefined ? {} : { description: input.description.value }),
    ...(input.required === undefined ? {} : { required: input.required.value === true }),
    ...(type === undefined ? {} : { type }),
    ...(fallback === undefined || fallback === null ? {} : { default: fallback }),
    ...(input.options.length === 0 ? {} : { options: input.options.map(({ value }) => value) }),
  };
}
