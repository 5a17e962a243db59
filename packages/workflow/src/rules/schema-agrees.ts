import type { Edit } from "@infraskill/contracts/diagnostic";
import { declareInput } from "../edit/declare-input.ts";
import { addEntry, addItem, replaceValue } from "../edit/splice.ts";
import { jobOf, type InputDeclaration } from "../file/read.ts";
import { pairOf, type Source } from "../file/source.ts";
import { fixBy } from "../mends/fix-by.ts";
import { dispatchType, toDispatchInputs } from "../schema/dispatch-inputs.ts";
import { contractInputs, fieldsOf, requiredOf } from "../schema/fields.ts";
import { quoted } from "../skill/scalar.ts";
import { toDeclaration } from "../skill/written.ts";
import { fileStart, type Finding, type Rule, type RuleContext } from "./rule.ts";

/** The schema draws the form and checks callers; the file is what GitHub checks. They must say the same. */
export const schemaAgrees: Rule = {
  id: "schema-agrees",
  title: "Declared schema and file disagree",
  severity: "error",
  contract: true,
  *check(context) {
    yield* checkInputs(context);
    yield* checkOutputs(context);
  },
};

function* checkInputs({ file, inputs_schema }: RuleContext): Iterable<Finding> {
  const { source } = file;
  if (inputs_schema === undefined) return;
  const dispatch = file.triggers.find(({ value }) => value === "workflow_dispatch")?.place ?? fileStart;
  const declared = new Map(file.inputs.map((input) => [input.name.value, input]));
  const required = requiredOf(inputs_schema);
  const fields = new Map(fieldsOf(inputs_schema));
  const asDispatch = new Map(toDispatchInputs(inputs_schema));

  for (const [name, field] of fields) {
    const input = declared.get(name);
    if (input === undefined) {
      yield {
        message: `The schema has the input ${name}, the file does not: GitHub would refuse every dispatch.`,
        place: dispatch,
        fix: fixBy(`Declare ${name}`, declareInput(file, name, toDeclaration(asDispatch.get(name)!))),
      };
      continue;
    }
    const wanted = dispatchType(field);
    if ((input.type?.value ?? "string") !== wanted) {
      const is = input.type?.value ?? "string";
      yield {
        message: `${name} is ${wanted} in the schema and ${is} in the file.`,
        place: input.type?.place ?? input.name.place,
        fix: wanted === "choice" ? null : fixBy(`Make it ${wanted}`, setType(source, input, wanted)),
      };
    }
    yield* checkRequired(source, name, input, required.has(name), field["default"] !== undefined);
    const options = asDispatch.get(name)?.options;
    const missing = options?.filter((option) => !input.options.some(({ value }) => value === option)) ?? [];
    if (missing.length > 0 && input.type?.value === "choice") {
      yield {
        message: `${name} lacks the options ${missing.join(", ")}, which the schema allows.`,
        place: input.name.place,
        fix: fixBy(`Add ${missing[0]!}`, addOption(source, input, missing[0]!)),
      };
    }
  }
  for (const input of file.inputs) {
    const name = input.name.value;
    if (fields.has(name) || contractInputs.some((contract) => contract === name)) continue;
    yield {
      message: `The file has the input ${name}, the schema does not: nobody could set it.`,
      place: input.name.place,
    };
  }
}

function setType(source: Source, { type, node }: InputDeclaration, wanted: string): Edit | undefined {
  return type === undefined ? addEntry(source, node, "type", wanted) : replaceValue(source, type.node, wanted);
}

function addOption(source: Source, { node }: InputDeclaration, option: string): Edit | undefined {
  return addItem(source, pairOf(source, node, "options")?.value, quoted(option));
}

function* checkRequired(
  source: Source,
  name: string,
  input: InputDeclaration,
  required: boolean,
  hasDefault: boolean,
): Iterable<Finding> {
  const declared = input.required?.value === true;
  if (declared && !required && !hasDefault && input.default === undefined) {
    const message = `${name} is required in the file but optional in the schema: GitHub would refuse a dispatch without it.`;
    const fix = fixBy("Make it optional", replaceValue(source, input.required.node, false));
    yield { message, place: input.required.place, fix };
  } else if (!declared && required) {
    yield {
      message: `${name} is required in the schema but optional in the file.`,
      place: input.name.place,
      severity: "warning",
      fix: fixBy(
        "Make it required",
        input.required === undefined
          ? addEntry(source, input.node, "required", true)
          : replaceValue(source, input.required.node, true),
      ),
    };
  }
}

function* checkOutputs({ file, outputs_schema }: RuleContext): Iterable<Finding> {
  const execute = jobOf(file, "execute");
  if (outputs_schema === undefined || execute === undefined) return;
  const mapped = new Set(execute.outputs.map(({ key }) => key.value));
  const fields = new Set(fieldsOf(outputs_schema).map(([name]) => name));
  for (const name of fields) {
    if (mapped.has(name)) continue;
    yield {
      message: `The schema promises the output ${name}; the job execute does not map it from a step.`,
      place: execute.id.place,
    };
  }
  for (const { key } of execute.outputs) {
    if (fields.has(key.value)) continue;
    yield { message: `The output ${key.value} is not in the schema.`, place: key.place, severity: "warning" };
  }
}
