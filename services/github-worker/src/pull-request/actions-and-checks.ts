import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { checkText } from "@infraskill/workflow/check";
import { readSkillFile } from "@infraskill/workflow/read";
import { codeSpan, table } from "./markdown.ts";

/** Other people's code that the skill runs: actions, called workflows, container images. */
export function describeActions(yaml_content: string): string {
  const { jobs, source } = readSkillFile(yaml_content);
  const rows = jobs.flatMap((job) =>
    [job.uses, ...job.steps.map(({ uses }) => uses)].flatMap((uses) => {
      if (uses === undefined) return [];
      const line = source.text.slice(uses.place.end).split("\n", 1)[0] ?? "";
      const version = /^["']?\s*#\s*(\S+)/.exec(line)?.[1] ?? "";
      return [[codeSpan(uses.value), codeSpan(version, 40), codeSpan(job.id.value, 60)]];
    }),
  );
  return rows.length === 0 ? "None: it runs shell scripts only." : table(["uses", "version", "in job"], rows);
}

/** What the checks have to say that did not block, and where. actionlint has spoken before the pull request was opened. */
export function describeFindings(
  subject: Pick<RevisionWork, "skill_name" | "inputs_schema" | "outputs_schema" | "yaml_content">,
  callback_mode: CallbackMode,
): string {
  const { skill_name: name, inputs_schema, outputs_schema, yaml_content } = subject;
  const { diagnostics } = checkText(yaml_content, { name, inputs_schema, outputs_schema, callback_mode });
  const rows = diagnostics.map(({ severity, rule, line, message }) => [
    severity,
    codeSpan(rule, 40),
    String(line),
    codeSpan(message, 250),
  ]);
  return rows.length === 0 ? "Nothing to remark." : table(["severity", "rule", "line", "finding"], rows);
}
