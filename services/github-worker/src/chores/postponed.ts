import type { ChoreOutcome } from "@infraskill/contracts/chores";
import type { Failure } from "@infraskill/github/outcome";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";

export function postponed(what: string, failure: Failure): ChoreOutcome {
  return {
    type: "postponed",
    detail: describeFailure(what, failure),
    wait_ms: waitAfter(failure) ?? UNTIL_REPAIRED_MS,
  };
}
