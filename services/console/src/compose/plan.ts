import { SkillName } from "@infraskill/contracts/skill";
import { maxSteps, TaskRequest } from "@infraskill/contracts/task";
import { z } from "zod";

/** A task request while it is being written, and as a link carries it: there may be no step yet. */
export const Plan = TaskRequest.extend({ skills_sequence: z.array(SkillName).max(maxSteps).default([]) });
export type Plan = z.infer<typeof Plan>;

/** As the `plan` of a link. What is empty stays away. */
export function planText(plan: Plan): string {
  const { description, user_request, inputs, ...steps } = plan;
  return JSON.stringify({
    ...(description === "" ? {} : { description }),
    ...(user_request === "" ? {} : { user_request }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    ...steps,
  });
}

/** The plan of a link; what is none counts as an empty one. */
export function parsePlan(text: string | undefined): Plan {
  try {
    return Plan.catch(Plan.parse({})).parse(JSON.parse(text ?? "{}"));
  } catch {
    return Plan.parse({});
  }
}
