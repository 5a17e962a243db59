import { declareInput } from "../edit/declare-input.ts";
import { addEntry, replaceValue } from "../edit/splice.ts";
import { fixBy } from "../mends/fix-by.ts";
import { contractInputs } from "../schema/fields.ts";
import { fileStart, type Rule } from "./rule.ts";

/** The contract inputs as the generator declares them. */
export const contractDeclarations = {
  execution_id: { description: "Which execution this run belongs to", required: true, type: "string" },
  callback_url: { description: "Where the result goes", required: true, type: "string" },
} as const satisfies Record<(typeof contractInputs)[number], object>;

/** infraskill starts a run with `execution_id` and `callback_url`; GitHub refuses a dispatch with inputs the file does not declare. */
export const contractInputsRule: Rule = {
  id: "contract-inputs",
  title: "Contract inputs missing or of the wrong kind",
  severity: "error",
  contract: true,
  *check({ file }) {
    const { source } = file;
    const dispatch = file.triggers.find(({ value }) => value === "workflow_dispatch");
    for (const name of contractInputs) {
      const input = file.inputs.find((declared) => declared.name.value === name);
      if (input === undefined) {
        yield {
          message: `The input ${name} is missing: declare it as a required string.`,
          place: dispatch?.place ?? fileStart,
          fix: fixBy(`Declare ${name}`, declareInput(file, name, contractDeclarations[name])),
        };
        continue;
      }
      if (input.type !== undefined && input.type.value !== "string") {
        yield {
          message: `${name} must be of type string.`,
          place: input.type.place,
          fix: fixBy("Make it a string", replaceValue(source, input.type.node, "string")),
        };
      }
      if (input.required?.value !== true) {
        const edit =
          input.required === undefined
            ? addEntry(source, input.node, "required", true)
            : replaceValue(source, input.required.node, true);
        yield {
          message: `${name} must be required.`,
          place: input.required?.place ?? input.name.place,
          fix: fixBy("Make it required", edit),
        };
      }
    }
  },
};
