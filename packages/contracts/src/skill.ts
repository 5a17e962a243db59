import { z } from "zod";
import { Diagnostic } from "./diagnostic.ts";
import { executionStatuses } from "./execution-machine.ts";
import { revisionStatuses } from "./revision-machine.ts";
import { GitSha, JsonObject, text, Timestamp } from "./text.ts";

export const SkillName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "must start with a letter and hold only a-z, 0-9 and -, at most 63 characters")
  .meta({ id: "SkillName", description: "Also the file's name: `.github/workflows/skill-<name>.yml`." });
export type SkillName = z.infer<typeof SkillName>;

export const JsonSchemaObject = JsonObject.meta({
  id: "JsonSchemaObject",
  description:
    "A JSON Schema (2020-12) of type object whose properties are strings, numbers, integers, booleans or enums.",
});
export type JsonSchemaObject = z.infer<typeof JsonSchemaObject>;

export const Command = z
  .strictObject({
    name: text({ max: 200 }).optional().meta({ description: "What the step is called." }),
    run: text({ min: 1, max: 20_000 }).meta({ description: "The script, in bash." }),
  })
  .meta({ id: "Command", description: "One step: a shell command. Inputs reach it as environment variables." });
export type Command = z.infer<typeof Command>;

export const Concurrency = z
  .strictObject({
    group: text({ min: 1, max: 500 })
      .optional()
      .meta({ description: "What counts together, such as `${{ inputs.cluster }}`; absent: the whole skill." }),
    limit: z.number().int().min(1).max(1_000).meta({ description: "How many at once." }),
  })
  .meta({
    id: "Concurrency",
    description: "How many executions of the skill may run at once; others wait in the order they came.",
  });
export type Concurrency = z.infer<typeof Concurrency>;

const Description = text({ max: 1_000 });
const Category = text({ max: 60 });

const metadata = {
  name: SkillName,
  description: Description.default("").meta({ description: "What it does, in a sentence." }),
  category: Category.default("general").meta({ description: "What it is sorted under, such as kubernetes." }),
  inputs_schema: JsonSchemaObject.default({ type: "object", properties: {} }),
  outputs_schema: JsonSchemaObject.default({ type: "object", properties: {} }),
};

const commands = {
  commands: z.array(Command).min(1).max(50).meta({ description: "The steps, one after another." }),
  runs_on: text({ min: 1, max: 200 }).optional().meta({ description: "The runner's label; absent: ubuntu-latest." }),
  timeout_minutes: z
    .number()
    .int()
    .min(1)
    .max(360)
    .optional()
    .meta({ description: "After which the run is ended; absent: 30." }),
};

export const RenderRequest = z
  .strictObject({ ...metadata, ...commands })
  .meta({ id: "RenderRequest", description: "What a skill file is made from." });
export type RenderRequest = z.infer<typeof RenderRequest>;

export const SkillDraft = z
  .strictObject({
    ...metadata,
    yaml_content: text({ min: 1, max: 500_000 }).optional().meta({ description: "A whole workflow file." }),
    concurrency: Concurrency.nullish().meta({
      description: "Absent: as before, in an edit; null: no limit.",
    }),
    commands: commands.commands.optional(),
    runs_on: commands.runs_on,
    timeout_minutes: commands.timeout_minutes,
  })
  .refine((draft) => (draft.yaml_content === undefined) !== (draft.commands === undefined), {
    message: "give either yaml_content or commands",
    path: ["yaml_content"],
  })
  .refine(
    (draft) => draft.commands !== undefined || (draft.runs_on === undefined && draft.timeout_minutes === undefined),
    {
      message: "runs_on and timeout_minutes go with commands; a yaml_content has its own",
      path: ["runs_on"],
    },
  )
  .meta({
    id: "SkillDraft",
    description: "A skill as its author writes it: a whole file, or commands to make one from.",
  });
export type SkillDraft = z.infer<typeof SkillDraft>;

/** A text to check; with a name and schemas, also whether they agree with it. */
export const TextToCheck = z.strictObject({
  name: SkillName.optional(),
  inputs_schema: JsonSchemaObject.optional(),
  outputs_schema: JsonSchemaObject.optional(),
  yaml_content: z.string().max(1_048_576).meta({ description: "The text to check." }),
});
export type TextToCheck = z.infer<typeof TextToCheck>;

/** As much of a draft as there is; what is checked is its file, or the one that its commands make. */
export const PartialDraft = TextToCheck.partial({ yaml_content: true }).extend({
  description: Description.optional().meta({ description: "What it does; it is not in the file." }),
  category: Category.optional().meta({ description: "What it is sorted under; it is not in the file." }),
  concurrency: Concurrency.nullish().meta({ description: "Its limit, which is checked with its inputs." }),
  commands: commands.commands.optional(),
  runs_on: commands.runs_on,
  timeout_minutes: commands.timeout_minutes,
});
export type PartialDraft = z.infer<typeof PartialDraft>;

export const ValidateRequest = PartialDraft.refine(
  (draft) => (draft.yaml_content === undefined) !== (draft.commands === undefined),
  { message: "give either yaml_content or commands", path: ["yaml_content"] },
).meta({
  id: "ValidateRequest",
  description:
    "A draft to check, as far as it is written: with a name and schemas, also whether its file agrees with them.",
});
export type ValidateRequest = z.infer<typeof ValidateRequest>;

export const RevisionStatusField = z.enum(revisionStatuses);

/** What skill and revision tell alike. */
const told = {
  description: z.string().meta({ description: "What it does." }),
  category: z.string().meta({ description: "What it is sorted under." }),
};
const approval = {
  pr_number: z.number().int().nullable().meta({ description: "Its pull request; null before there is one." }),
  pr_url: z.string().nullable().meta({ description: "Where to review and merge it." }),
  commit_hash: GitSha.nullable().meta({ description: "The merge commit, which is what runs; null before the merge." }),
  validation_errors: z
    .array(Diagnostic)
    .nullable()
    .meta({ description: "What the checks found, warnings included; null before they ran." }),
  // A registry of before the field existed answers a gateway of today.
  new_findings: z.array(Diagnostic).nullable().default(null).meta({
    description:
      "Errors and warnings that the rules of today find in the active text and those of its review did not; null: none. The skill keeps working.",
  }),
  failure: z
    .string()
    .nullable()
    .meta({ description: "Why it went no further, in GitHub's words where GitHub refused it." }),
  created_by: z.string().meta({ description: "Who wrote it." }),
  approved_at: Timestamp.nullable().meta({ description: "When it was merged." }),
};

export const Revision = z
  .object({
    revision: z.number().int().min(1).meta({ description: "Counts a skill's texts from 1." }),
    status: RevisionStatusField.meta({ description: "Where it stands on its way to active." }),
    ...told,
    inputs_schema: JsonSchemaObject,
    outputs_schema: JsonSchemaObject,
    concurrency: Concurrency.nullable().meta({ description: "Null: no limit." }),
    yaml_content: z.string().meta({ description: "The whole workflow file." }),
    hash: z.string().meta({ description: "SHA-256 of yaml_content, hex." }),
    ...approval,
    created_at: Timestamp,
  })
  .meta({ id: "Revision", description: "One text of a skill with its pull request and commit." });
export type Revision = z.infer<typeof Revision>;

/** A skill's status is its active revision's, else its newest one's; `superseded`, `discarding` and `retiring` never show. */
export const skillStatuses = [
  "validating",
  "invalid",
  "opening_pr",
  "pending_approval",
  "activating",
  "active",
  "rejected",
  "failed",
  "drifted",
  "archived",
] as const satisfies readonly z.infer<typeof RevisionStatusField>[];
export const SkillStatus = z.enum(skillStatuses);
export type SkillStatus = z.infer<typeof SkillStatus>;

export const Skill = z
  .object({
    id: z.number().int().meta({ description: "Its number." }),
    name: SkillName,
    ...told,
    status: SkillStatus.meta({ description: "`active` while a revision is, else the newest one's." }),
    revision: z.number().int().meta({ description: "Which one these fields describe." }),
    inputs_schema: JsonSchemaObject,
    outputs_schema: JsonSchemaObject,
    concurrency: Concurrency.nullable().meta({ description: "Null: no limit." }),
    yaml_content: z.string().meta({ description: "The whole workflow file." }),
    github_path: z.string().meta({ description: "Where the file stands in the repository." }),
    ...approval,
    pending_revision: Revision.nullable().meta({
      description: "A newer one that is not active yet, of an active skill.",
    }),
    created_at: Timestamp,
    last_execution: z
      .object({
        execution_id: z.string().meta({ description: "Its id." }),
        status: z.enum(executionStatuses).meta({ description: "Where it stands." }),
        completed_at: Timestamp.nullable().meta({ description: "When it ended." }),
      })
      .nullable()
      .meta({ description: "The latest one; null before the first." }),
  })
  .meta({
    id: "Skill",
    description:
      "A named operation. The top-level fields describe the active revision if there is one, else the newest.",
  });
export type Skill = z.infer<typeof Skill>;

export const Template = Skill.pick({
  name: true,
  description: true,
  category: true,
  inputs_schema: true,
  outputs_schema: true,
  yaml_content: true,
})
  .extend({ title: z.string().meta({ description: "Its name for people." }) })
  .meta({ id: "Template", description: "A skill to start from." });

export const DiscardRequest = z
  .strictObject({
    reason: text({ max: 1_000 })
      .optional()
      .meta({ description: "Why; told in the revision's `failure` and in the history." }),
  })
  .meta({ id: "DiscardRequest", description: "Why a newer revision is given up." });
export type DiscardRequest = z.infer<typeof DiscardRequest>;

/** Where a skill's file stands in the repository; derived, never given by a caller. */
export function skillPath(name: SkillName): string {
  return `.github/workflows/skill-${name}.yml`;
}

/** The tag that pins a revision at its merge commit. */
export function revisionTag(name: SkillName, revision: number): string {
  return `skill/${name}/${revision}`;
}

/** The branch of a revision's pull request. */
export function revisionBranch(name: SkillName, revision: number): string {
  return `infraskill/${name}/r${revision}`;
}
