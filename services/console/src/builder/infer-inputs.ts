import type { SkillStep } from "@infraskill/workflow/skill/definition";
import { envName } from "@infraskill/workflow/known/env-name";
import { jobOf, readSkillFile, type SkillFile } from "@infraskill/workflow/file/read";
import { fieldsOf } from "@infraskill/workflow/schema/fields";
import { stepOf } from "@infraskill/workflow/edit/step-of";
import type { DraftContent } from "./draft.ts";
import { addInputField, type FormEdit, putStep } from "./form-edits.ts";
import { inferCommand } from "./infer-command.ts";

/** Inputs that the commands of a draft ask for by a placeholder or a variable nobody sets. */
export function inferredIn(draft: DraftContent, file = readSkillFile(draft.yaml_content)): string[] {
  const known = new Set(fieldsOf(draft.inputs_schema).map(([name]) => envName(name)));
  const found = scriptsOf(file).flatMap(({ step, set }) =>
    inferCommand(step.run).inputs.filter((name) => !known.has(envName(name)) && !set.has(envName(name))),
  );
  return [...new Set(found)];
}

/** Declares them, and puts their variables in the place of the placeholders. */
export const inferInputs: FormEdit = (draft) => {
  const declared = inferredIn(draft).reduce<DraftContent | undefined>(
    (next, name) => next && addInputField(name, { type: "string", minLength: 1 })(next),
    draft,
  );
  return scriptsOf(readSkillFile(draft.yaml_content)).reduce(
    (next, { step, index }) => next && putStep({ ...step, run: inferCommand(step.run).run }, index)(next),
    declared,
  );
};

type Script = { step: SkillStep & { run: string }; index: number; set: ReadonlySet<string> };

/** The commands, each with the variables that its own or the job's `env` sets. */
function scriptsOf(file: SkillFile): Script[] {
  const job = jobOf(file, "execute");
  return (job?.steps ?? []).flatMap((found, index) => {
    const step = stepOf(found);
    const set = new Set([...file.env, ...(job?.env ?? []), ...found.env].map(({ key }) => key.value));
    return "run" in step ? [{ step, index, set }] : [];
  });
}
