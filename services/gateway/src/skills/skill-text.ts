import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { FieldError } from "@infraskill/contracts/problem";
import type { SkillText } from "@infraskill/contracts/registry/skills";
import type { PartialDraft, SkillDraft, TextToCheck } from "@infraskill/contracts/skill";
import { checkConcurrency } from "@infraskill/workflow/evaluate/concurrency-group";
import { renderSkill } from "@infraskill/workflow/skill/render";
import { checkInputsSchema, checkOutputsSchema } from "@infraskill/workflow/schema/check-schema";

export type FoundText = { ok: true; text: TextToCheck } | { ok: false; errors: FieldError[] };

/** What is checked of a draft that may lack anything but its text: its file, or the one that its commands make. */
export function textToCheck(draft: PartialDraft, callback_mode: CallbackMode): FoundText {
  const { name, inputs_schema, outputs_schema, yaml_content = "", commands, runs_on, timeout_minutes } = draft;
  const { concurrency, description = "" } = draft;
  const errors = concurrency == null ? [] : checkConcurrency(concurrency, inputs_schema ?? noFields);
  const known = {
    ...(name && { name }),
    ...(inputs_schema && { inputs_schema }),
    ...(outputs_schema && { outputs_schema }),
  };
  if (commands === undefined)
    return errors.length > 0 ? { ok: false, errors } : { ok: true, text: { ...known, yaml_content } };
  const rendered = renderSkill({
    name: name ?? "unnamed",
    description,
    inputs_schema: inputs_schema ?? noFields,
    outputs_schema: outputs_schema ?? noFields,
    commands,
    runs_on,
    timeout_minutes,
    callback_mode,
  });
  if (!rendered.ok || errors.length > 0)
    return { ok: false, errors: [...(rendered.ok ? [] : rendered.errors), ...errors] };
  return { ok: true, text: { ...known, yaml_content: rendered.yaml_content } };
}

const noFields = { type: "object" as const, properties: {} };

export type MadeText = { ok: true; skill: SkillText } | { ok: false; errors: FieldError[] };

/** The whole text of a draft, made from its commands where it has those; or where its schemas cannot be used. */
export function makeSkillText(draft: SkillDraft, callback_mode: CallbackMode): MadeText {
  const { name, description, category, inputs_schema, outputs_schema } = draft;
  const metadata = { name, description, category, inputs_schema, outputs_schema };
  const { concurrency } = draft;
  const limit_errors = concurrency == null ? [] : checkConcurrency(concurrency, inputs_schema);
  const kept = concurrency === undefined ? metadata : { ...metadata, concurrency };
  if (draft.commands !== undefined) {
    const { commands, runs_on, timeout_minutes } = draft;
    const rendered = renderSkill({ ...metadata, commands, runs_on, timeout_minutes, callback_mode });
    const errors = [...(rendered.ok ? [] : rendered.errors), ...limit_errors];
    return rendered.ok && errors.length === 0
      ? { ok: true, skill: { ...kept, yaml_content: rendered.yaml_content } }
      : { ok: false, errors };
  }
  const errors = [...checkInputsSchema(inputs_schema), ...checkOutputsSchema(outputs_schema), ...limit_errors];
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, skill: { ...kept, yaml_content: draft.yaml_content ?? "" } };
}
