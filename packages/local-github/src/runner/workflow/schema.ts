import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { JSONObjectReader } from "@actions/workflow-parser/templates/json-object-reader";
import { TemplateSchema } from "@actions/workflow-parser/templates/schema/template-schema";

let schema: TemplateSchema | undefined;

/**
 * GitHub's workflow schema. The package's own loader imports the JSON without an attribute, which Node refuses, so it
 * is read from the file.
 */
export function workflowSchema(): TemplateSchema {
  const reader = import.meta.resolve("@actions/workflow-parser/templates/template-reader");
  schema ??= TemplateSchema.load(
    new JSONObjectReader(undefined, readFileSync(fileURLToPath(new URL("../workflow-v1.0.min.json", reader)), "utf8")),
  );
  return schema;
}
