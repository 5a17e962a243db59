import type { Task } from "@infraskill/contracts/task";
import type { Plan } from "./plan.ts";

/** The request a task came from, expressions as they were written. */
export function requestOf({ description, user_request, inputs, skills_sequence, steps }: Task): Plan {
  const last = steps.filter((step) => step.finally);
  return {
    description,
    user_request,
    inputs,
    skills_sequence,
    step_inputs: steps.filter((step) => !step.finally).map(({ given }) => given),
    ...(last.length === 0
      ? {}
      : { finally: last.map(({ skill_name }) => skill_name), finally_inputs: last.map(({ given }) => given) }),
  };
}
