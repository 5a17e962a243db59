import { fieldsOf, fieldType, type FieldType, requiredOf } from "../schema/fields.ts";
import { checkInputs, credentialRefusal, type CheckedInputs, type InputError } from "../schema/inputs.ts";
import { objectOf, pointer, type JsonObject } from "../schema/json.ts";
import { soleReference, type Reference } from "./references.ts";
import { evaluateTemplate, isTemplate, parseTemplate, referencesOf, type ValueTemplate } from "./value-template.ts";

/** A step of a task as far as its inputs go. `at` is where they stand in the caller's body, for pointers: `["step_inputs", 0]`. */
export type InputStep = {
  readonly skill_name: string;
  readonly inputs_schema: JsonObject;
  readonly outputs_schema: JsonObject;
  /** Literals, or texts with `${{ task.inputs.x }}` and `${{ steps.<n>.outputs.y }}`. */
  readonly inputs: JsonObject;
  readonly at: readonly (string | number)[];
};

const contexts = ["task", "steps"] as const;

/**
 * What is wrong with a task's inputs before anything ran: names nobody knows, steps that are not earlier, values that do not fit. Values that depend
 * on no step are evaluated and checked like those of an execution; the others once their step starts. Empty list: nothing.
 */
export function checkTaskInputs(task_inputs: JsonObject, steps: readonly InputStep[]): InputError[] {
  const credentials = Object.entries(task_inputs).flatMap(([name, value]): InputError[] => {
    const detail = credentialRefusal(value);
    return detail === undefined ? [] : [{ pointer: pointer("inputs", name), detail }];
  });
  return [...credentials, ...steps.flatMap((_, index) => checkStep(task_inputs, steps, index))];
}

/**
 * The inputs a step starts with: expressions evaluated, defaults filled in, checked against the skill's schema. An expression that comes to nothing
 * leaves its input out; a number or a boolean becomes text where the input is text.
 *
 * @param outputs of the earlier steps by index; null where a step told none: an expression that looks there is refused, not taken for empty
 */
export function evaluateStepInputs(
  step: Pick<InputStep, "inputs_schema" | "inputs" | "at">,
  task_inputs: JsonObject,
  outputs: readonly (JsonObject | null)[],
): CheckedInputs {
  const scope = { task: { inputs: task_inputs }, steps: outputs.map((values) => ({ outputs: values })) };
  const values: [string, unknown][] = [];
  const errors: InputError[] = [];
  const empty = new Map<string, string>();
  const types = new Map(fieldsOf(step.inputs_schema).map(([name, field]) => [name, fieldType(field)]));
  for (const [name, given] of Object.entries(step.inputs)) {
    if (!isTemplate(given)) {
      values.push([name, given]);
      continue;
    }
    const parsed = parseTemplate(given, contexts);
    const evaluated = parsed.ok
      ? (refuseUntold(parsed.template, outputs) ?? evaluateTemplate(parsed.template, scope))
      : parsed;
    if (!evaluated.ok) errors.push({ pointer: pointer(...step.at, name), detail: evaluated.detail });
    else if (evaluated.value === null) empty.set(pointer(...step.at, name), given);
    else values.push([name, types.get(name) === "string" ? asText(evaluated.value) : evaluated.value]);
  }
  if (errors.length > 0) return { ok: false, errors };
  const checked = checkInputs(step.inputs_schema, objectOf(values), step.at);
  if (checked.ok) return checked;
  return { ok: false, errors: checked.errors.map((error) => explainEmpty(error, empty.get(error.pointer))) };
}

/** Whether an input depends on what an earlier step brings. */
export function dependsOnSteps(inputs: JsonObject): boolean {
  return Object.values(inputs).some((given) => {
    if (!isTemplate(given)) return false;
    const parsed = parseTemplate(given, contexts);
    return parsed.ok && looksAtSteps(parsed.template);
  });
}

function checkStep(task_inputs: JsonObject, steps: readonly InputStep[], index: number): InputError[] {
  const step = steps[index]!;
  const fields = fieldsOf(step.inputs_schema);
  const errors: InputError[] = [];
  const ready: [string, unknown][] = [];
  const waiting = new Set<string>();
  for (const [name, given] of Object.entries(step.inputs)) {
    const fail = (detail: string) => errors.push({ pointer: pointer(...step.at, name), detail });
    const field = fields.find(([known]) => known === name)?.[1];
    if (field === undefined) {
      const names = fields.length === 0 ? "it takes none" : `it takes ${fields.map(([known]) => known).join(", ")}`;
      fail(`is not an input of ${step.skill_name}; ${names}`);
      continue;
    }
    if (!isTemplate(given)) {
      ready.push([name, given]);
      continue;
    }
    const parsed = parseTemplate(given, contexts);
    if (!parsed.ok) {
      fail(parsed.detail);
      continue;
    }
    const wrong = referencesOf(parsed.template).flatMap((found) => checkReference(found, task_inputs, steps, index));
    if (wrong.length > 0) wrong.forEach(fail);
    else if (looksAtSteps(parsed.template)) {
      waiting.add(name);
      for (const detail of checkType(field, parsed.template, steps)) fail(detail);
    } else ready.push([name, given]);
  }
  if (errors.length > 0) return errors;
  const without = waiting.size === 0 ? step.inputs_schema : withoutFields(step.inputs_schema, waiting);
  const checked = evaluateStepInputs({ ...step, inputs_schema: without, inputs: objectOf(ready) }, task_inputs, []);
  return checked.ok ? [] : checked.errors;
}

function checkReference(
  { context, path }: Reference,
  task_inputs: JsonObject,
  steps: readonly InputStep[],
  index: number,
): string[] {
  const [first, second, third] = path;
  if (context === "task") {
    if (first !== undefined && first.toLowerCase() !== "inputs")
      return [`looks at task.${first}; a task has only inputs`];
    return second === undefined ? [] : unknownName(second, Object.keys(task_inputs), "the task has no input");
  }
  if (first === undefined) return [];
  if (!/^\d+$/.test(first)) return [`looks at steps.${first}; steps are counted from 0, as in steps.0`];
  const number = Number(first);
  if (number >= index)
    return [`looks at step ${number}, which is not earlier than step ${index}; steps are counted from 0`];
  if (second === undefined) return [];
  if (second.toLowerCase() !== "outputs") return [`looks at steps.${first}.${second}; a step has only outputs`];
  const { outputs_schema, skill_name } = steps[number]!;
  const known = fieldsOf(outputs_schema).map(([name]) => name);
  return third === undefined ? [] : unknownName(third, known, `step ${number} (${skill_name}) has no output`);
}

function unknownName(name: string, known: readonly string[], what: string): string[] {
  if (known.some((one) => one.toLowerCase() === name.toLowerCase())) return [];
  return [`${what} ${name}; ${known.length === 0 ? "it has none" : `it has ${known.join(", ")}`}`];
}

/** What can be said of an input whose value is not known yet. */
function checkType(field: JsonObject, template: ValueTemplate, steps: readonly InputStep[]): string[] {
  const type = fieldType(field);
  if (type === undefined || type === "string") return [];
  const [expression] = template.parts;
  if (!template.sole || expression === undefined || typeof expression === "string")
    return [`is text around an expression, which is no ${type}; write the expression alone`];
  const brought = outputType(soleReference(expression), steps);
  if (brought === undefined || brought.type === type || (isNumeric(brought.type) && isNumeric(type))) return [];
  const way = brought.type === "string" ? `; \${{ fromJSON(${brought.reference}) }} reads one from text` : "";
  return [`is ${brought.reference}, a ${brought.type}, which is no ${type}${way}`];
}

/** The declared type of the step's output that an expression is, where it is just that. */
function outputType(
  reference: Reference | undefined,
  steps: readonly InputStep[],
): { type: FieldType; reference: string } | undefined {
  const [number, , output, ...deeper] = reference?.path ?? [];
  if (reference?.context !== "steps" || output === undefined || deeper.length > 0) return undefined;
  const found = fieldsOf(steps[Number(number)]?.outputs_schema ?? {}).find(
    ([name]) => name.toLowerCase() === output.toLowerCase(),
  );
  const type = found && fieldType(found[1]);
  return type && { type, reference: `steps.${number}.outputs.${output}` };
}

function isNumeric(type: FieldType): boolean {
  return type === "number" || type === "integer";
}

function asText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function looksAtSteps(template: ValueTemplate): boolean {
  return referencesOf(template).some(({ context }) => context === "steps");
}

function withoutFields(schema: JsonObject, names: ReadonlySet<string>): JsonObject {
  return {
    ...schema,
    properties: objectOf(fieldsOf(schema).filter(([name]) => !names.has(name))),
    required: [...requiredOf(schema)].filter((name) => !names.has(name)),
  };
}

function refuseUntold(
  template: ValueTemplate,
  outputs: readonly (JsonObject | null)[],
): { ok: false; detail: string } | undefined {
  const untold = referencesOf(template).find(
    ({ context, path: [step] }) => context === "steps" && outputs[Number(step)] === null,
  );
  if (untold === undefined) return undefined;
  return { ok: false, detail: `looks at step ${untold.path[0]}, which told no outputs` };
}

function explainEmpty(error: InputError, given: string | undefined): InputError {
  return given === undefined ? error : { ...error, detail: `${error.detail}, and ${given} came to nothing` };
}
