import type { JsonObject } from "@infraskill/contracts/text";
import { type DispatchInput, fromDispatchInputs } from "@infraskill/workflow/schema/dispatch-inputs";
import { jobOf, readSource, type SkillFile, type Step } from "@infraskill/workflow/file/read";
import { parseSafely } from "@infraskill/workflow/layers/safety";
import { mergeInputs, mergeOutputs } from "./merge-schema.ts";
import type { DraftContent } from "./draft.ts";

/** The form's view of the file, or the line that must be fixed before there can be one. */
export type Reading = { ok: true; file: SkillFile } | { ok: false; line: number; message: string };

export function readDocument(text: string): Reading {
  const { source, diagnostics } = parseSafely(text);
  if (source !== undefined) return { ok: true, file: readSource(source) };
  const { line, message } = diagnostics.find(({ severity }) => severity === "error")!;
  return { ok: false, line, message };
}

export function stepsOf(file: SkillFile | undefined): readonly Step[] {
  return (file && jobOf(file, "execute"))?.steps ?? [];
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
    inputs_schema: unlessSame(draft.inputs_schema, mergeInputs(draft.inputs_schema, declared)),
    outputs_schema: unlessSame(draft.outputs_schema, mergeOutputs(draft.outputs_schema, outputs)),
  };
}

/** The same object where nothing changed: then nothing is checked again. */
function unlessSame(before: JsonObject, after: JsonObject): JsonObject {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
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
