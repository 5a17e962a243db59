import { SkillDraft } from "@infraskill/contracts/skill";
import { checkInputsSchema, checkOutputsSchema } from "@infraskill/workflow/schema/check-schema";
import { fieldsOf } from "@infraskill/workflow/schema/fields";
import type { Draft } from "./draft.ts";
import { groupFault } from "./run-limit.ts";

/** One thing between the draft and its pull request; `target` is the id of what to go to. */
export type Missing = { readonly what: string; readonly target: string };

/** What the metadata and the schemas still lack, by the same checks as the server's. */
export function missingIn(draft: Draft, nameTaken: boolean, unchanged: boolean): Missing[] {
  const { name, description, category, inputs_schema, outputs_schema, concurrency, yaml_content } = draft;
  const missing: Missing[] = [];
  if (name === "") missing.push({ what: "A name", target: "draft-name" });
  else if (nameTaken) missing.push({ what: `Another name: “${name}” is taken`, target: "draft-name" });
  const sent = { name, description, category, inputs_schema, outputs_schema, concurrency, yaml_content };
  if (unchanged) missing.push({ what: "A change: the active revision says all of this already", target: "draft-yaml" });
  const parsed = SkillDraft.safeParse(sent);
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0] ?? "");
    if (field === "name" && name === "") continue;
    const fault = issue.code === "too_big" ? `has more than ${issue.maximum} characters` : issue.message;
    missing.push({ what: `The ${field.replaceAll("_", " ")} ${fault}`, target: targets[field] ?? "draft-yaml" });
  }
  for (const { pointer, detail } of [...checkInputsSchema(inputs_schema), ...checkOutputsSchema(outputs_schema)]) {
    const [, schema = "", , field = ""] = pointer.split("/");
    missing.push({ what: `${field}: ${detail}`, target: targets[schema] ?? "draft-yaml" });
  }
  const inputs = fieldsOf(inputs_schema).map(([field]) => field);
  const fault = concurrency?.group === undefined ? undefined : groupFault(concurrency.group, inputs);
  if (fault !== undefined) missing.push({ what: `Counted together: ${fault}`, target: "draft-group" });
  return missing;
}

const targets: Readonly<Record<string, string>> = {
  name: "draft-name",
  description: "draft-description",
  category: "draft-category",
  inputs_schema: "draft-inputs",
  outputs_schema: "draft-outputs",
  concurrency: "draft-limit",
};
