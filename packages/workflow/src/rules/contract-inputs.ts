import { contractInputs } from "../schema.ts";
import { fileStart, type Rule } from "../rule.ts";

/** infraskill starts a run with `execution_id` and `callback_url`; GitHub refuses a dispatch with inputs the file does not declare. */
export const contractInputsRule: Rule = {
  id: "contract-inputs",
  title: "Contract inputs missing or of the wrong kind",
  severity: "error",
  *check({ file }) {
    const dispatch = file.triggers.find(({ value }) => value === "workflow_dispatch");
    for (const name of contractInputs) {
      const input = file.inputs.find((declared) => declared.name.value === name);
      if (input === undefined) {
        yield {
          message: `The input ${name} is missing: declare it as a required string.`,
          place: dispatch?.place ?? fileStart,
        };
        continue;
      }
      if (input.type !== undefined && input.type.value !== "string") {
        yield { message: `${name} must be of type string.`, place: input.type.place };
      }
      if (input.required?.value !== true) {
        yield { message: `${name} must be required.`, place: input.required?.place ?? input.name.place };
      }
    }
  },
};
