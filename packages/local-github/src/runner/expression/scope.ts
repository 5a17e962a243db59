/**
 * What an expression may look at. Values are JSON, or functions that give it when it is asked for; neither may change
 * once it was seen, so whatever moves (steps, env) is put in anew.
 */
export type Scope = {
  readonly contexts: Readonly<Partial<Record<ContextName, unknown>>>;
  readonly status?: StatusFunctions;
  /** The folder `hashFiles()` looks in. Without one the function fails, as it does outside a job. */
  readonly hash_root?: string;
};

export type StatusFunctions = {
  readonly success: (job_ids: readonly string[]) => boolean;
  readonly failure: (job_ids: readonly string[]) => boolean;
  readonly cancelled: () => boolean;
};

export const context_names = [
  "github",
  "env",
  "vars",
  "job",
  "jobs",
  "steps",
  "runner",
  "secrets",
  "strategy",
  "matrix",
  "needs",
  "inputs",
] as const;
export type ContextName = (typeof context_names)[number];

/** A copy of the scope with some contexts put in or replaced. */
export function withContexts(scope: Scope, contexts: Scope["contexts"]): Scope {
  return { ...scope, contexts: { ...scope.contexts, ...contexts } };
}
