import { join } from "node:path";
import { removeFolder } from "./files/remove-folder.ts";
import { githubContext } from "./github-context.ts";
import { concludeJobs } from "./graph/conclude.ts";
import { runGraph } from "./graph/graph.ts";
import type { Graph } from "./graph/types.ts";
import { loadCalled } from "./graph/load-called.ts";
import type { RunShared } from "./job/session.ts";
import { default_limits } from "./limits.ts";
import type { Artifact, RunHandle, RunObserver, RunRequest, RunResult } from "./types.ts";
import type { WorkflowModel } from "./workflow/model.ts";
import { loadWorkflow } from "./workflow/parse.ts";

let last_job_id = 0;

/**
 * Runs a workflow. Jobs wait for a slot of this process's pool (pool.ts); everything that happens is told to the
 * observer, the whole is in the result.
 */
export function startRun(request: RunRequest, observer: RunObserver): RunHandle {
  const kill = new AbortController();
  const run = shareRun(request, observer, kill.signal);
  const cancel = (): void => {
    if (run.cancelled) return;
    run.cancelled = true;
    for (const job of run.active) job.onCancel();
  };
  return {
    done: execute(run),
    cancel,
    forceCancel: () => {
      cancel();
      kill.abort();
    },
  };
}

function shareRun(request: RunRequest, observer: RunObserver, kill: AbortSignal): RunShared {
  const artifacts: Artifact[] = [...(request.rerun?.artifacts ?? [])];
  return {
    request,
    observer,
    limits: { ...default_limits, ...request.limits },
    artifacts: {
      folder: join(request.work_dir, `artifacts-${request.run.id}`),
      list: artifacts,
      next_id: () => request.run.id * 1_000 + artifacts.length + 1,
    },
    kill,
    active: new Set(),
    cancelled: false,
    cut_short: false,
    keys: new Set(),
    cleanups: [],
    next_job_id: request.next_job_id ?? (() => (last_job_id += 1)),
    called: new Map(),
  };
}

async function execute(run: RunShared): Promise<RunResult> {
  const { request } = run;
  const loaded = loadWorkflow(request.workflow_text, request.workflow_path);
  const errors = loaded.ok ? await loadCalled(request, loaded.model, run.called) : loaded.errors;
  if (!loaded.ok || errors.length > 0) return { conclusion: "startup_failure", jobs: [], artifacts: [], errors };
  const nodes = await runGraph(rootGraph(run, loaded.model));
  const jobs = nodes.flatMap((node) => node.records);
  await Promise.all(run.cleanups);
  if (request.keep_work !== true) {
    await removeFolder(join(request.work_dir, `${request.run.id}-${request.run.attempt}`));
  }
  const conclusion = concludeJobs(jobs);
  const cancelled = run.cut_short && conclusion !== "failure";
  return { conclusion: cancelled ? "cancelled" : conclusion, jobs, artifacts: run.artifacts.list, errors: [] };
}

function rootGraph(run: RunShared, workflow: WorkflowModel): Graph {
  const { request } = run;
  return {
    run,
    workflow,
    prefix: { key: "", name: "" },
    github: { ...githubContext(request, workflow.name), token: request.github_token },
    inputs: request.inputs,
    secrets: request.secrets,
    cap: null,
    cancel: new AbortController().signal,
    start: runGraph,
  };
}
