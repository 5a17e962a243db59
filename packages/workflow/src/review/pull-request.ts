import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { skillPath } from "@infraskill/contracts/skill";
import { readSkillFile } from "../file/read.ts";
import { describeChanges } from "./changes.ts";
import { describeInputs, describeOutputs } from "./fields.ts";
import { describeFindings } from "./findings.ts";
import { describeLimit } from "./limit.ts";
import { codeBlock, codeSpan } from "./markdown.ts";
import { describeActions, describePermissions, describeSecrets } from "./reach.ts";
import type { Definition } from "./same-definition.ts";

/** A revision as its reviewer meets it. `diagnostics` are those of every layer; null when it was not checked. */
export type ReviewSubject = Definition & {
  readonly skill_name: string;
  readonly revision: number;
  readonly description: string;
  readonly diagnostics: readonly Diagnostic[] | null;
  readonly created_by: string;
  /** The revision that callers have today, when this is not the first. */
  readonly active: (Definition & { readonly revision: number; readonly commit_hash: string }) | null;
  readonly replaced_pr_numbers: readonly number[];
  /** The default branch has the file with this very text already, so that the pull request changes no file. */
  readonly file_stands: boolean;
};

/** Also the commit's message: nothing in it depends on when it is written, so that a repeated job makes the same commit. */
export function pullRequestTitle({
  skill_name,
  revision,
  active,
}: Pick<ReviewSubject, "skill_name" | "revision" | "active">): string {
  return `${active === null ? "Add" : "Change"} skill ${skill_name} (revision ${revision})`;
}

/**
 * The contract that a merge puts in force, as Markdown: what the skill does, takes, gives and may do, what differs from the active revision, what the
 * checks say. Names and descriptions are foreign text and shown as code. At most 65,000 characters; GitHub takes 65,536.
 */
export function pullRequestBody(subject: ReviewSubject): string {
  const { skill_name, revision, description, category, concurrency, created_by, active, file_stands } = subject;
  const replaced = subject.replaced_pr_numbers;
  const file = readSkillFile(subject.yaml_content);
  const follows = active === null ? "" : `, to follow revision ${active.revision} (${active.commit_hash.slice(0, 10)})`;
  const sorted = category === undefined || category === "" ? "" : ` (category ${codeSpan(category)})`;
  const head = [
    `Revision ${revision} of the skill ${codeSpan(skill_name)}${sorted}, asked for by ${codeSpan(created_by) || "nobody"}${follows}.`,
    replaced.length === 0 ? "" : `It takes the place of ${replaced.map((number) => `#${number}`).join(", ")}.`,
    description.trim() === "" ? "" : codeBlock(description.trim()),
    file_stands
      ? `${codeSpan(skillPath(skill_name))} stands on the default branch with this very text, so the commit of this pull request is empty and no file ` +
        "is shown as changed. What is reviewed is what is written here."
      : "",
  ].filter((part) => part !== "");
  const sections: Section[] = [
    ...(active === null ? [] : [["What changes", describeChanges(active, subject)] as const]),
    ["Inputs", describeInputs(subject.inputs_schema, file)],
    ["Outputs", describeOutputs(subject.outputs_schema)],
    ...(concurrency === undefined ? [] : [["Limit", describeLimit(concurrency)] as const]),
    ["Permissions", describePermissions(file)],
    ["Secrets", describeSecrets(file)],
    ["Actions", describeActions(file)],
    ["Checks", subject.diagnostics === null ? "Not checked yet." : describeFindings(subject.diagnostics)],
    [
      "When this is merged",
      `The text of ${codeSpan(skillPath(skill_name))} at the merge commit becomes executable: by people, by programs and as a step of tasks. ` +
        "If it is edited here, the edited text is checked again. Closing this pull request rejects the revision.",
    ],
  ];
  return join(head, sections);
}

type Section = readonly [title: string, text: string];

/** The longest sections give way, which happens only to skills that nobody could read anyway. */
function join(head: readonly string[], sections: readonly Section[]): string {
  const body = [...head, ...sections.flatMap(([title, text]) => [`### ${title}`, text])].join("\n\n");
  if (body.length <= MOST_CHARACTERS) return body;
  const longest = sections.reduce((a, b) => (b[1].length > a[1].length ? b : a));
  if (longest[1].length <= tooLong.length) return body.slice(0, MOST_CHARACTERS);
  const shorter = sections.map((section): Section => (section === longest ? [section[0], tooLong] : section));
  return join(head, shorter);
}

const MOST_CHARACTERS = 65_000;
const tooLong = "Too long to be shown here; the file says it.";
