import type { Failure } from "@infraskill/github/outcome";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";

/** What is reported, of a revision or a chore, when GitHub did not do what was asked: it is tried again later. */
export function postponed(doing: string, failure: Failure): { type: "postponed"; detail: string; wait_ms: number } {
  return {
    type: "postponed",
    detail: describeFailure(doing, failure),
    wait_ms: waitAfter(failure) ?? UNTIL_REPAIRED_MS,
  };
}
