import type { Deadlines } from "@infraskill/contracts/owed";
import type { TimeScale } from "../owed/owe.ts";

/** The settings under which executions are decided. */
export type Terms = {
  readonly scale: TimeScale;
  /** Executions at once at most, over all skills. */
  readonly repository_limit: number | undefined;
  readonly deadlines: Deadlines;
};
