import { removeEntry, replaceByBlock } from "../edit/splice.ts";
import { fixBy } from "../mends/fix-by.ts";
import { contractDeclarations } from "./contract-inputs.ts";
import { fileStart, type Rule } from "./rule.ts";

/** A skill runs when infraskill dispatches it; any other trigger would run it unasked, without inputs and without a claim. */
export const triggers: Rule = {
  id: "triggers",
  title: "Triggers other than workflow_dispatch",
  severity: "error",
  contract: true,
  *check({ file }) {
    const { source, on, dispatch } = file;
    const declared = { workflow_dispatch: { inputs: contractDeclarations } };
    const onlyDispatch =
      on === undefined || dispatch !== undefined
        ? null
        : fixBy("Trigger by workflow_dispatch only", replaceByBlock(source, on, declared));
    if (!file.triggers.some(({ value }) => value === "workflow_dispatch")) {
      yield {
        message: "The file has no workflow_dispatch trigger, so it cannot be run.",
        place: file.triggers[0]?.place ?? fileStart,
        fix: onlyDispatch,
      };
    }
    for (const trigger of file.triggers) {
      if (trigger.value === "workflow_dispatch") continue;
      yield {
        message: `${trigger.value} would start the skill without infraskill; only workflow_dispatch is allowed.`,
        place: trigger.place,
        fix:
          dispatch === undefined || on === undefined
            ? onlyDispatch
            : fixBy(`Remove ${trigger.value}`, removeEntry(source, on.value, trigger.value)),
      };
    }
  },
};
