/**
 * A workflow as it is executed: straight from the YAML, expressions untouched. `unknown` is a YAML node that is
 * evaluated when its time comes.
 */
export type WorkflowModel = {
  readonly name: string;
  readonly run_name: string | null;
  readonly on: Readonly<Record<string, unknown>>;
  readonly env: unknown;
  readonly run_defaults: RunDefaults;
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: readonly JobModel[];
};

export type JobModel = {
  readonly id: string;
  readonly name: unknown;
  readonly needs: readonly string[];
  readonly if: unknown;
  readonly runs_on: unknown;
  readonly strategy: unknown;
  readonly env: unknown;
  readonly run_defaults: RunDefaults;
  readonly outputs: unknown;
  /** undefined: the workflow's hold. */
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly environment: unknown;
  readonly timeout_minutes: unknown;
  readonly continue_on_error: unknown;
  readonly container: unknown;
  readonly services: unknown;
  readonly steps: readonly StepModel[];
  /** A reusable workflow instead of steps. */
  readonly uses: string | null;
  readonly with: unknown;
  readonly secrets: unknown;
};

export type RunDefaults = { readonly shell: unknown; readonly working_directory: unknown };

export type StepModel = {
  /** The step's own id or one made up as GitHub does: `__run`, `__run_2`, `__actions_checkout`. */
  readonly id: string;
  readonly named_id: boolean;
  readonly name: unknown;
  readonly if: unknown;
  readonly run: string | null;
  readonly uses: string | null;
  readonly with: unknown;
  readonly env: unknown;
  readonly shell: unknown;
  readonly working_directory: unknown;
  readonly timeout_minutes: unknown;
  readonly continue_on_error: unknown;
};
