import { checkFailed } from "@infraskill/workflow/check-failed";
import type { CheckedFile } from "./main.ts";

/** Whether a layer of checks did not finish, so that nobody knows what it would have found. */
export function isUnfinished({ validation }: CheckedFile): boolean {
  return validation.diagnostics.some(({ rule }) => rule === checkFailed);
}
