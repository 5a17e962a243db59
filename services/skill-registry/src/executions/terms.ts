import type { TimeScale } from "../owed/owe.ts";

/** The settings under which executions are decided. */
export type Terms = {
  readonly scale: TimeScale;
};
