import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { SkillDefinition } from "@infraskill/workflow/skill/definition";
import { fromDispatchInputs } from "@infraskill/workflow/schema/dispatch-inputs";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import type { Job } from "@infraskill/workflow/file/read";
import { stepOf } from "@infraskill/workflow/edit/step-of";
import { readDocument, toDeclaration } from "./document.ts";
import { type DraftContent, emptySchema } from "./draft.ts";
import { withSettings } from "./import-settings.ts";
import { mergeOutputs } from "./merge-schema.ts";
import { toSkillName } from "./to-skill-name.ts";

export type Import =
  | { ok: true; content: DraftContent; converted: boolean; left_behind: readonly string[] }
  | { ok: false; line: number; message: string };

/**
 * A draft from any workflow file. A skill file is taken as it is; of another workflow the inputs, and the steps of its first job with what holds
 * for them, are put into a new skill file; the rest (triggers, other jobs) cannot be one skill and is named.
 */
export function importWorkflow(text: string, fileName: string, callback_mode: CallbackMode): Import {
  const reading = readDocument(text);
  if (!reading.ok) return reading;
  const { file } = reading;
  const name = toSkillName(file.name?.value ?? fileName);
  const inputs_schema = fromDispatchInputs(file.inputs.map((input) => [input.name.value, toDeclaration(input)]));
  const isSkill = ["claim", "execute", "report"].every((id) => file.jobs.some((job) => job.id.value === id));
  const job = file.jobs.find(({ id }) => id.value === "execute") ?? file.jobs[0];
  const outputs_schema = mergeOutputs(emptySchema, isSkill ? (job?.outputs ?? []).map(({ key }) => key.value) : []);
  const rest = { name, description: "", category: "general", inputs_schema, outputs_schema, base: null };
  if (isSkill) return { ok: true, converted: false, left_behind: [], content: { ...rest, yaml_content: text } };
  if (job === undefined || job.steps.length === 0) {
    return { ok: false, line: 1, message: "It has no job with steps, so there is nothing to make a skill from." };
  }
  const converted = convert({ name, inputs_schema, callback_mode }, job);
  const { text: yaml_content, left_behind } = withSettings(converted, file, job);
  return { ok: true, converted: true, left_behind, content: { ...rest, yaml_content } };
}

function convert(subject: Pick<SkillDefinition, "name" | "inputs_schema" | "callback_mode">, job: Job): string {
  const minutes = Number(job.timeout_minutes?.value);
  return generateSkillFile({
    ...subject,
    outputs_schema: emptySchema,
    commands: job.steps.map(stepOf),
    ...(job.runs_on.length === 0 ? {} : { runs_on: job.runs_on.map(({ value }) => value).join(",") }),
    ...(Number.isInteger(minutes) && minutes > 0 ? { timeout_minutes: minutes } : {}),
  });
}
