import type { JsonObject } from "@infraskill/contracts/text";
import { asText } from "../lib/as-text.ts";
import { newKey } from "../lib/new-key.ts";
import { type RunValues, toInputs } from "../skill/run-values.ts";
import type { Plan } from "./plan.ts";
import { renumber } from "./references.ts";

/** What a task input is typed as; its value keeps that type on the way to the steps. */
export const inputTypes = ["text", "number", "yes or no"] as const;
export type InputType = (typeof inputTypes)[number];
export type InputDraft = {
  readonly key: string;
  readonly name: string;
  readonly type: InputType;
  readonly value: string;
};

/** A step as the form holds it: text as typed, expressions included, and ticks. */
export type StepDraft = {
  readonly key: string;
  readonly skill_name: string;
  readonly finally: boolean;
  readonly values: RunValues;
};

/** A task while it is composed. `steps` are in the order they run, those of `finally` at the end. */
export type TaskDraft = {
  readonly description: string;
  readonly user_request: string;
  readonly inputs: readonly InputDraft[];
  readonly steps: readonly StepDraft[];
};

export function toDraft(plan: Plan): TaskDraft {
  const step = (last: boolean, inputs: readonly JsonObject[] | undefined) => (skill_name: string, index: number) => ({
    key: newKey(),
    skill_name,
    finally: last,
    values: Object.fromEntries(
      Object.entries(inputs?.[index] ?? {}).map(([name, value]) => [
        name,
        typeof value === "boolean" ? value : asText(value),
      ]),
    ),
  });
  return {
    description: plan.description,
    user_request: plan.user_request,
    inputs: Object.entries(plan.inputs).map(([name, value]) => ({
      key: newKey(),
      name,
      type: typeof value === "boolean" ? "yes or no" : typeof value === "number" ? "number" : "text",
      value: asText(value),
    })),
    steps: [
      ...plan.skills_sequence.map(step(false, plan.step_inputs)),
      ...(plan.finally ?? []).map(step(true, plan.finally_inputs)),
    ],
  };
}

/** @param schemas inputs_schema by skill: says which of what was typed are numbers */
export function toPlan(draft: TaskDraft, schemas: ReadonlyMap<string, JsonObject>): Plan {
  const sequence = draft.steps.filter((step) => !step.finally);
  const last = draft.steps.filter((step) => step.finally);
  const inputsOf = ({ skill_name, values }: StepDraft): JsonObject => {
    const schema = schemas.get(skill_name);
    return schema === undefined ? values : toInputs(schema, values);
  };
  return {
    description: draft.description,
    user_request: draft.user_request,
    inputs: Object.fromEntries(
      draft.inputs.filter(({ name }) => name !== "").map((input) => [input.name, valueOf(input)]),
    ),
    skills_sequence: sequence.map(({ skill_name }) => skill_name),
    ...(sequence.length === 0 ? {} : { step_inputs: sequence.map(inputsOf) }),
    ...(last.length === 0
      ? {}
      : { finally: last.map(({ skill_name }) => skill_name), finally_inputs: last.map(inputsOf) }),
  };
}

export function addStep(draft: TaskDraft, skill_name: string, last: boolean): TaskDraft {
  const step = { key: newKey(), skill_name, finally: last, values: {} };
  const sequence = draft.steps.filter((other) => !other.finally);
  const steps = last ? [...draft.steps, step] : [...sequence, step, ...draft.steps.filter((other) => other.finally)];
  return withSteps(draft, steps);
}

export function removeStep(draft: TaskDraft, key: string): TaskDraft {
  return withSteps(
    draft,
    draft.steps.filter((step) => step.key !== key),
  );
}

/** Puts a step where another stands, within the sequence or within `finally`. */
export function moveStep(draft: TaskDraft, key: string, to: string): TaskDraft {
  const step = draft.steps.find((each) => each.key === key);
  const target = draft.steps.findIndex((each) => each.key === to);
  if (step === undefined || draft.steps[target]?.finally !== step.finally || key === to) return draft;
  const others = draft.steps.filter((each) => each !== step);
  return withSteps(draft, [...others.slice(0, target), step, ...others.slice(target)]);
}

/** The step `by` places further, where it may go there. */
export function neighbourOf({ steps }: TaskDraft, key: string, by: 1 | -1): string | undefined {
  const index = steps.findIndex((step) => step.key === key);
  const neighbour = steps[index + by];
  return neighbour?.finally === steps[index]?.finally ? neighbour?.key : undefined;
}

/** Expressions follow the steps they look at to their new numbers; those that look at a step that is gone go too. */
function withSteps(draft: TaskDraft, steps: readonly StepDraft[]): TaskDraft {
  const places = draft.steps.map(({ key }) => steps.findIndex((step) => step.key === key));
  return {
    ...draft,
    steps: steps.map((step) => ({
      ...step,
      values: Object.fromEntries(
        Object.entries(step.values).flatMap(([name, value]) => {
          const renumbered = typeof value === "string" ? renumber(value, places) : value;
          return renumbered === undefined ? [] : [[name, renumbered]];
        }),
      ),
    })),
  };
}

/** What is no number stays text, and the skill's own check says so. */
function valueOf({ type, value }: InputDraft): unknown {
  if (type === "yes or no") return value === "true";
  return type === "number" && value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
}
