import type { Scope } from "../expression/scope.ts";
import type { JobRecord } from "../types.ts";
import type { JobModel, WorkflowModel } from "../workflow/model.ts";

/** A job that is decided to run: one cell of a matrix, its contexts known. */
export type PlannedJob = {
  readonly record: JobRecord;
  readonly model: JobModel;
  readonly workflow: WorkflowModel;
  /** github, inputs, vars, secrets, needs, strategy, matrix. */
  readonly scope: Scope;
  readonly cancel: AbortController;
};
