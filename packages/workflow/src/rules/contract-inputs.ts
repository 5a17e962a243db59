import type { Edit } from "@infraskill/contracts/diagnostic";
import { isMap } from "yaml";
import type { SkillFile } from "../read.ts";
import { fileStart, fixBy, type Rule } from "../rule.ts";
import { contractInputs } from "../schema.ts";
import { pairOf } from "../source.ts";
import { addEntry, replaceByBlock, replaceValue, type Written } from "../splice.ts";

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

/** Adds an input to `on.workflow_dispatch.inputs`, whatever is there of that path. */
export function declareInput(file: SkillFile, name: string, declaration: Written): Edit | undefined {
  const { source, on, dispatch } = file;
  const inputs = { [name]: declaration };
  if (dispatch === undefined) {
    const alone = on !== undefined && file.triggers.length === 1 && file.triggers[0]?.value === "workflow_dispatch";
    return alone ? replaceByBlock(source, on, { workflow_dispatch: { inputs } }) : undefined;
  }
  if (!isMap(dispatch.value) || dispatch.value.items.length === 0) return replaceByBlock(source, dispatch, { inputs });
  const declared = pairOf(source, dispatch.value, "inputs");
  if (declared === undefined) return addEntry(source, dispatch.value, "inputs", inputs);
  if (!isMap(declared.value) || declared.value.items.length === 0) return replaceByBlock(source, declared, inputs);
  return addEntry(source, declared.value, name, declaration);
}
