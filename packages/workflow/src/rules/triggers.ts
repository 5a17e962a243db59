import { fileStart, type Rule } from "../rule.ts";

/** A skill runs when infraskill dispatches it; any other trigger would run it unasked, without inputs and without a claim. */
export const triggers: Rule = {
  id: "triggers",
  title: "Triggers other than workflow_dispatch",
  severity: "error",
  *check({ file }) {
    if (!file.triggers.some(({ value }) => value === "workflow_dispatch")) {
      yield {
        message: "The file has no workflow_dispatch trigger, so it cannot be run.",
        place: file.triggers[0]?.place ?? fileStart,
      };
    }
    for (const trigger of file.triggers) {
      if (trigger.value === "workflow_dispatch") continue;
      yield {
        message: `${trigger.value} would start the skill without infraskill; only workflow_dispatch is allowed.`,
        place: trigger.place,
      };
    }
  },
};
