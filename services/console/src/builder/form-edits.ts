import type { Concurrency } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import type { SkillStep } from "@infraskill/workflow/skill/definition";
import { toDispatchInputs } from "@infraskill/workflow/schema/dispatch-inputs";
import { moveInput, removeInput, setInput } from "@infraskill/workflow/edit/inputs";
import { setPermission, setPermissions, setRunsOn, setTimeoutMinutes } from "@infraskill/workflow/edit/job";
import { setName } from "@infraskill/workflow/edit/name";
import { dropLostSources, mapOutput, refillOutput, renameOutput, setOutputs } from "@infraskill/workflow/edit/outputs";
import { renameInput } from "@infraskill/workflow/edit/rename-input";
import { addStep, moveStep, removeStep, setStep } from "@infraskill/workflow/edit/steps";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";
import type { DraftContent } from "./draft.ts";
import { outputsIn } from "./variables.ts";
import { renameInLimit } from "./run-limit.ts";
import { freeName, movedTo, renamed, without, withField } from "./fields.ts";

/** What the form does to the draft: schema and file change together. Undefined where the file has no place for it. */
export type FormEdit = (draft: DraftContent) => DraftContent | undefined;

export function nameSkill(name: string): FormEdit {
  // A file that cannot hold a name yet keeps none; its author is told by the checks.
  return (draft) => ({ ...draft, name, yaml_content: setName(draft.yaml_content, name) ?? draft.yaml_content });
}

export function addInputField(name: string, field: JsonObject = { type: "string" }, required = true): FormEdit {
  return (draft) => declareInput(draft, withField(draft.inputs_schema, name, field, required), name);
}

export function changeInputField(name: string, field: JsonObject, required: boolean): FormEdit {
  return (draft) => {
    const inputs_schema = withField(draft.inputs_schema, name, field, required);
    const says = (schema: JsonObject) => JSON.stringify(toDispatchInputs(schema).find(([other]) => other === name));
    return says(inputs_schema) === says(draft.inputs_schema)
      ? { ...draft, inputs_schema }
      : declareInput(draft, inputs_schema, name);
  };
}

export function renameInputField(from: string, to: string): FormEdit {
  return (draft) => {
    const next = withInputs(draft, renamed(draft.inputs_schema, from, to), renameInput(draft.yaml_content, from, to));
    return next && { ...next, concurrency: renameInLimit(next.concurrency, from, to) };
  };
}

export function removeInputField(name: string): FormEdit {
  return (draft) => withInputs(draft, without(draft.inputs_schema, name), removeInput(draft.yaml_content, name));
}

export function moveInputField(from: number, to: number): FormEdit {
  return (draft) => {
    const names = fieldsOf(draft.inputs_schema).map(([name]) => name);
    const [name, other] = [names[from], names[to]];
    if (name === undefined || other === undefined) return draft;
    return withInputs(draft, movedTo(draft.inputs_schema, from, to), moveInput(draft.yaml_content, name, other));
  };
}

/** Adds an output of a free name, mapped from the steps. */
export function addOutputField(field: JsonObject = { type: "string" }): FormEdit {
  return (draft) => {
    const name = freeName(draft.outputs_schema, "result");
    return mapOutputs(draft, withField(draft.outputs_schema, name, field, false));
  };
}

/** A workflow file says nothing about an output but its name. */
export function changeOutputField(name: string, field: JsonObject): FormEdit {
  return (draft) => {
    const required = requiredOf(draft.outputs_schema).has(name);
    return { ...draft, outputs_schema: withField(draft.outputs_schema, name, field, required) };
  };
}

export function renameOutputField(from: string, to: string): FormEdit {
  return (draft) =>
    withOutputs(draft, renamed(draft.outputs_schema, from, to), renameOutput(draft.yaml_content, from, to));
}

export function removeOutputField(name: string): FormEdit {
  return (draft) => mapOutputs(draft, without(draft.outputs_schema, name));
}

/** Adds a step behind the others, or changes the one at `index`. The outputs of the skill that its script sets are taken from it. */
export function putStep(step: SkillStep, index?: number): FormEdit {
  return (draft) => {
    const put = inFile((text) => (index === undefined ? addStep(text, step) : setStep(text, index, step)))(draft);
    if (put === undefined || step.id === undefined || !("run" in step)) return put;
    const { id, run } = step;
    const set = new Set(outputsIn(run));
    const yaml_content = fieldsOf(put.outputs_schema).reduce(
      (text, [name]) => (set.has(name) ? (mapOutput(text, name, id) ?? text) : text),
      put.yaml_content,
    );
    return { ...put, yaml_content };
  };
}

/** Removes a step, also from the outputs that have another step to be read from. */
export function dropStep(index: number): FormEdit {
  return inFile((text) => {
    const next = removeStep(text, index);
    return next === undefined ? undefined : dropLostSources(next);
  });
}

/** Reads an output whose step is gone from the steps that are there. */
export function readOutputAnew(name: string): FormEdit {
  return inFile((text) => refillOutput(text, name));
}

export function shiftStep(from: number, to: number): FormEdit {
  return inFile((text) => moveStep(text, from, to));
}

/** What the commands run on: a label, or several separated by commas. */
export function runOn(labels: string): FormEdit {
  return inFile((text) => setRunsOn(text, labels));
}

export function limitTime(minutes: number): FormEdit {
  return inFile((text) => setTimeoutMinutes(text, minutes));
}

/** How many executions may run at once. The workflow file says nothing about it. */
export function limitRuns(concurrency: Concurrency | null): FormEdit {
  return (draft) => ({ ...draft, concurrency });
}

/** Grants a permission to the token of a job, or without one of all jobs that have none of their own; without an access it is taken away. */
export function grant(scope: string, access: "read" | "write" | undefined, job_id?: string): FormEdit {
  return inFile((text) => setPermission(text, scope, access, job_id));
}

/** Names the permissions anew, beginning with none. */
export function grantNone(job_id?: string): FormEdit {
  return inFile((text) => setPermissions(text, {}, job_id));
}

function inFile(change: (text: string) => string | undefined): FormEdit {
  return (draft) => {
    const yaml_content = change(draft.yaml_content);
    return yaml_content === undefined ? undefined : { ...draft, yaml_content };
  };
}

function declareInput(draft: DraftContent, inputs_schema: JsonObject, name: string): DraftContent | undefined {
  const declared = toDispatchInputs(inputs_schema).find(([other]) => other === name)?.[1];
  return declared === undefined
    ? undefined
    : withInputs(draft, inputs_schema, setInput(draft.yaml_content, name, declared));
}

function withInputs(
  draft: DraftContent,
  inputs_schema: JsonObject,
  yaml_content: string | undefined,
): DraftContent | undefined {
  return yaml_content === undefined ? undefined : { ...draft, inputs_schema, yaml_content };
}

function mapOutputs(draft: DraftContent, outputs_schema: JsonObject): DraftContent | undefined {
  const names = fieldsOf(outputs_schema).map(([name]) => name);
  return withOutputs(draft, outputs_schema, setOutputs(draft.yaml_content, names));
}

function withOutputs(
  draft: DraftContent,
  outputs_schema: JsonObject,
  yaml_content: string | undefined,
): DraftContent | undefined {
  return yaml_content === undefined ? undefined : { ...draft, outputs_schema, yaml_content };
}
