import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { fileStart } from "./rules/rule.ts";

/** The rule of a finding that says that a layer of checks did not finish for a file. */
export const checkFailed = "check-failed";

/** Not knowing what a layer would say is an error: the file may have any fault that it finds. */
export function checkFailure(source: Diagnostic["source"], message: string): Diagnostic {
  return { source, severity: "error", rule: checkFailed, message, ...fileStart, fix: null };
}
