import { join } from "node:path";
import { runnerContext } from "../step/environment.ts";
import { Masker } from "../step/mask.ts";
import { ProblemMatchers } from "../step/problem-matcher.ts";
import { makeFolders } from "./folders.ts";
import { JobLog } from "./log.ts";
import type { PlannedJob } from "./planned-job.ts";
import type { JobSession, RunShared } from "./session.ts";

/** Makes a job's folders and all it keeps while it runs; its secrets and its token are masked from here on. */
export async function openSession(run: RunShared, job: PlannedJob): Promise<JobSession> {
  const { record } = job;
  const { request } = run;
  const root = join(request.work_dir, `${request.run.id}-${request.run.attempt}`, String(record.id));
  const folders = await makeFolders(
    root,
    request.repository.full_name.split("/").at(-1) ?? "repository",
    request.event,
  );
  const masker = new Masker();
  const secrets = job.scope.contexts.secrets as Record<string, string>;
  for (const secret of Object.values(secrets)) masker.add(secret);
  const token = request.github_token_for?.(structuredClone(record)) ?? request.github_token;
  masker.add(token);
  const debug = [
    secrets["ACTIONS_STEP_DEBUG"],
    (job.scope.contexts.vars as Record<string, string>)["ACTIONS_STEP_DEBUG"],
  ].includes("true");
  const { id, key } = record;
  return {
    run,
    record,
    model: job.model,
    folders,
    masker,
    log: new JobLog(masker, (line, step) => run.observer.onLog?.({ id, key }, line, step), run.limits.max_log_bytes),
    contexts: {
      ...job.scope.contexts,
      secrets: { ...secrets, github_token: token },
      github: {
        ...(job.scope.contexts.github as object),
        token,
        job: job.model.id,
        workspace: folders.workspace,
        event_path: folders.event_path,
      },
      runner: runnerContext(record, folders.temp, folders.tools, debug),
    },
    token,
    run_defaults: { shell: null, working_directory: null },
    cancel: job.cancel,
    end: new AbortController(),
    debug,
    env: {},
    path: [],
    left_groups: [],
    posts: [],
    matchers: new ProblemMatchers(),
    states: new Map(),
    summaries: [],
    sequence: 0,
  };
}
