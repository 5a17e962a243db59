import type { Scope } from "./expression/scope.ts";
import { interpolate } from "./expression/template.ts";
import { githubContext } from "./github-context.ts";
import { readConcurrency } from "./graph/gates.ts";
import type { Concurrency, RunRequest } from "./types.ts";
import { loadWorkflow } from "./workflow/parse.ts";

/**
 * The run's `display_title`: `run-name` evaluated, else what GitHub puts there for the event (the commit's or the pull
 * request's title), else the workflow's name.
 */
export function evaluateRunName(request: RunRequest): string {
  const loaded = loadWorkflow(request.workflow_text, request.workflow_path);
  if (!loaded.ok) return request.workflow_path;
  const { run_name, name } = loaded.model;
  if (run_name !== null && run_name !== "") {
    try {
      const given = interpolate(run_name, runScope(request, name)).trim();
      if (given !== "") return given;
    } catch {
      return run_name;
    }
  }
  return titleOf(request) ?? name;
}

/** The workflow's own concurrency group; null where it has none. */
export function evaluateConcurrency(request: RunRequest): Concurrency | null {
  const loaded = loadWorkflow(request.workflow_text, request.workflow_path);
  return loaded.ok ? readConcurrency(loaded.model.concurrency, runScope(request, loaded.model.name)) : null;
}

function runScope(request: RunRequest, workflow_name: string): Scope {
  return { contexts: { github: githubContext(request, workflow_name), inputs: request.inputs, vars: request.vars } };
}

function titleOf({ event_name, event }: RunRequest): string | undefined {
  const subject =
    event_name === "push" ? field(event["head_commit"], "message") : field(event["pull_request"], "title");
  return subject?.split("\n")[0];
}

function field(value: unknown, key: string): string | undefined {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === "string" && found !== "" ? found : undefined;
}
