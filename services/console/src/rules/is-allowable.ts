import type { Diagnostic } from "@infraskill/contracts/diagnostic";

/** Rules of which a comment in the file can allow a finding. The rules themselves are too much to load for a list of findings. */
export const allowableRules: ReadonlySet<string> = new Set([
  "artifact-credentials",
  "caller-choice",
  "container-mounts",
  "contract-script",
  "deprecated-commands",
  "loose-contains",
  "nested-code",
  "obeyed-variables",
  "option-injection",
  "permissions",
  "runner-files",
  "secret-exposure",
  "secret-literal",
  "timeout-minutes",
  "unpinned-action",
]);

/** Whether a comment can allow this finding; one that is allowed already is a remark. */
export function isAllowable({ source, rule, severity }: Pick<Diagnostic, "source" | "rule" | "severity">): boolean {
  return source === "infraskill" && severity !== "info" && allowableRules.has(rule);
}
