import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { skillPath } from "@infraskill/contracts/skill";
import { dispatchType } from "@infraskill/workflow/dispatch-inputs";
import { readSkillFile, type Permissions } from "@infraskill/workflow/read";
import { fieldsOf, fieldType, requiredOf } from "@infraskill/workflow/schema";
import { describeActions, describeFindings } from "./actions-and-checks.ts";
import { describeChanges } from "./changes.ts";
import { codeBlock, codeSpan, table } from "./markdown.ts";

type Subject = Pick<
  RevisionWork,
  | "skill_name"
  | "revision"
  | "description"
  | "inputs_schema"
  | "outputs_schema"
  | "yaml_content"
  | "created_by"
  | "active"
  | "replaced_pr_numbers"
>;

/** Also the commit's message: nothing in it depends on when it is written, so that a repeated job makes the same commit. */
export function titleOf({ skill_name, revision, active }: Subject): string {
  return `${active === null ? "Add" : "Change"} skill ${skill_name} (revision ${revision})`;
}

/** What a reviewer should know: what the skill does, takes, gives and may do. Descriptions and names are foreign text and shown as code. */
export function bodyOf(subject: Subject, callback_mode: CallbackMode): string {
  const { skill_name, revision, description, created_by, active, replaced_pr_numbers: replaced } = subject;
  const follows = active === null ? "" : `, to follow revision ${active.revision} (${active.commit_hash.slice(0, 10)})`;
  const head = [
    `Revision ${revision} of the skill ${codeSpan(skill_name)}, asked for by ${codeSpan(created_by) || "nobody"}${follows}.`,
    replaced.length === 0 ? "" : `It takes the place of ${replaced.map((number) => `#${number}`).join(", ")}.`,
    description.trim() === "" ? "" : codeBlock(description.trim()),
  ].filter((part) => part !== "");
  const sections: Section[] = [
    ...(active === null ? [] : [["What changes", describeChanges(active, subject)] as const]),
    ["Inputs", describeInputs(subject)],
    ["Outputs", describeOutputs(subject)],
    ["Permissions", describePermissions(subject.yaml_content)],
    ["Actions", describeActions(subject.yaml_content)],
    ["Checks", describeFindings(subject, callback_mode)],
    [
      "When this is merged",
      `The text of ${codeSpan(skillPath(skill_name))} at the merge commit becomes executable: by people, by programs and as a step of tasks. ` +
        "If it is edited here, the edited text is checked again. Closing this pull request rejects the revision.",
    ],
  ];
  return join(head, sections);
}

type Section = readonly [title: string, text: string];

/** GitHub takes 65,536 characters: the longest sections give way, which happens only to skills that nobody could read anyway. */
function join(head: readonly string[], sections: readonly Section[]): string {
  const body = [...head, ...sections.flatMap(([title, text]) => [`### ${title}`, text])].join("\n\n");
  if (body.length <= MOST_CHARACTERS) return body;
  const longest = sections.reduce((a, b) => (b[1].length > a[1].length ? b : a));
  const shorter = sections.map((section): Section => (section === longest ? [section[0], tooLong] : section));
  return join(head, shorter);
}

const MOST_CHARACTERS = 65_000;
const tooLong = "Too long to be shown here; the file says it.";

function describeInputs({ inputs_schema }: Subject): string {
  const required = requiredOf(inputs_schema);
  const rows = fieldsOf(inputs_schema).map(([name, field]) => [
    codeSpan(name),
    Array.isArray(field["enum"]) ? codeSpan(`one of ${field["enum"].map(String).join(", ")}`) : dispatchType(field),
    required.has(name) ? "yes" : "no",
    field["default"] === undefined ? "" : codeSpan(JSON.stringify(field["default"])),
    describeField(field),
  ]);
  return rows.length === 0 ? "None." : table(["name", "type", "required", "default", "description"], rows);
}

function describeOutputs({ outputs_schema }: Subject): string {
  const rows = fieldsOf(outputs_schema).map(([name, field]) => [
    codeSpan(name),
    fieldType(field) ?? "",
    describeField(field),
  ]);
  return rows.length === 0 ? "None." : table(["name", "type", "description"], rows);
}

function describeField(field: { readonly [key: string]: unknown }): string {
  const words = field["description"] ?? field["title"];
  return typeof words === "string" ? codeSpan(words) : "";
}

/** Per job, as the file grants them: a job without its own has the file's. */
function describePermissions(yaml_content: string): string {
  const file = readSkillFile(yaml_content);
  const rows = file.jobs.map((job) => [codeSpan(job.id.value), grant(job.permissions ?? file.permissions)]);
  return rows.length === 0 ? "The file declares no jobs." : table(["job", "GITHUB_TOKEN may"], rows);
}

function grant(permissions: Permissions | undefined): string {
  if (permissions === undefined) return "whatever the repository's default allows";
  if (permissions.all !== undefined && permissions.scopes.length === 0) return codeSpan(permissions.all);
  const scopes = permissions.scopes.map(({ scope, access }) => codeSpan(`${scope.value}: ${access.value}`));
  return scopes.length === 0 ? "nothing" : scopes.join(", ");
}
