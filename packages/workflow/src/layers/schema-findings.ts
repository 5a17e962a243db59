import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { fileStart } from "../rules/rule.ts";
import { checkInputsSchema, checkOutputsSchema } from "../schema/check-schema.ts";
import type { JsonObject } from "../schema/json.ts";

type Schemas = { readonly inputs_schema?: JsonObject | undefined; readonly outputs_schema?: JsonObject | undefined };

/** What keeps the schemas of a draft from being saved, as findings about its file. Kept apart from the rules: an editor's form says it by itself. */
export function findInSchemas({ inputs_schema, outputs_schema }: Schemas): Diagnostic[] {
  const errors = [
    ...(inputs_schema === undefined ? [] : checkInputsSchema(inputs_schema)),
    ...(outputs_schema === undefined ? [] : checkOutputsSchema(outputs_schema)),
  ];
  return errors.map(({ pointer, detail }) => ({
    source: "infraskill",
    severity: "error",
    rule: "schema-agrees",
    message: `The schema cannot be used: ${pointer}: ${detail}`,
    ...fileStart,
    fix: null,
  }));
}
