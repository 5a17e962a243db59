import type { FieldError } from "@infraskill/contracts/problem";
import { capitalise } from "../lib/capitalise.ts";
import type { TaskDraft } from "./draft.ts";

export type PlacedErrors = {
  /** Of the draft's own fields: description, user_request. */
  readonly fields: ReadonlyMap<string, string>;
  /** Of a step as a whole, by its key. */
  readonly steps: ReadonlyMap<string, string>;
  /** Of a step's input, by `<key>/<name>`. */
  readonly inputs: ReadonlyMap<string, string>;
  /** What has no field. */
  readonly rest: readonly FieldError[];
};

export const noErrors: PlacedErrors = { fields: new Map(), steps: new Map(), inputs: new Map(), rest: [] };

/** Puts what the API refused at the fields it points to. The draft is the one that was sent. */
export function placeErrors(errors: readonly FieldError[], draft: TaskDraft): PlacedErrors {
  const fields = new Map<string, string>();
  const steps = new Map<string, string>();
  const inputs = new Map<string, string>();
  const rest: FieldError[] = [];
  for (const error of errors) {
    const [field = "", index, ...more] = segmentsOf(error.pointer);
    const step = stepAt(draft, field, index);
    const name = more[0];
    if (step === undefined) {
      if (field === "description" || field === "user_request") add(fields, field, error.detail);
      else rest.push(error);
    } else if (name === undefined) add(steps, step, error.detail);
    else add(inputs, `${step}/${name}`, error.detail);
  }
  return { fields, steps, inputs, rest };
}

function add(map: Map<string, string>, key: string, detail: string): void {
  const before = map.get(key);
  map.set(key, before === undefined ? capitalise(detail) : `${before}; ${detail}`);
}

function stepAt({ steps }: TaskDraft, field: string, index: string | undefined): string | undefined {
  if (index === undefined || !/^\d+$/.test(index)) return undefined;
  const last = field === "finally" || field === "finally_inputs";
  if (!last && field !== "skills_sequence" && field !== "step_inputs") return undefined;
  return steps.filter((step) => step.finally === last)[Number(index)]?.key;
}

/** RFC 6901. */
function segmentsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}
