import type { Scope } from "../expression/scope.ts";
import type { RunShared } from "../job/session.ts";
import type { JobRecord } from "../types.ts";
import type { JobModel, WorkflowModel } from "../workflow/model.ts";
import type { Permissions } from "../workflow/permissions.ts";

/** A workflow in execution: the run's own, or a reusable one inside one of its jobs. */
export type Graph = {
  readonly run: RunShared;
  readonly workflow: WorkflowModel;
  /** In front of keys (`caller/`) and names (`caller / `) of a reusable workflow's jobs. */
  readonly prefix: { readonly key: string; readonly name: string };
  readonly github: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What a calling job may do; null for the run's own workflow. */
  readonly cap: Permissions | null;
  /** Cancelling the calling job cancels what is inside. */
  readonly cancel: AbortSignal;
  /** Runs a graph: a job that is a reusable workflow starts another one. */
  readonly start: (graph: Graph) => Promise<NodeResult[]>;
};

/** What a job of the file came to, all its cells together; the `needs` context is made of it. */
export type NodeResult = {
  readonly model: JobModel;
  readonly result: "success" | "failure" | "cancelled" | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
  readonly records: readonly JobRecord[];
};

/** One cell of a job's matrix on its way. */
export type Cell = {
  readonly graph: Graph;
  readonly model: JobModel;
  readonly scope: Scope;
  readonly matrix: Record<string, unknown> | null;
  readonly cancel: AbortController;
  /** Whether the job's `if` holds although the run is cancelled. */
  readonly survivesCancel: () => boolean;
};
