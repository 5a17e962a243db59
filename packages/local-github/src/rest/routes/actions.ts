import { cancelRun, endUnfinishedRuns, findRun, isOver } from "../../actions/cancel.ts";
import { dispatchWorkflow, findWorkflow } from "../../actions/dispatch.ts";
import { deleteRunLogs } from "../../actions/job-logs.ts";
import { startNextAttempt } from "../../actions/start-run.ts";
import { record } from "../../github.ts";
import { signedUrl } from "../../downloads/signed-url.ts";
import type { Job, Run, Workflow } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { htmlUrl, repoUrl } from "../../view/urls.ts";
import { viewJob, viewRun, viewWorkflow } from "../../view/run.ts";
import { needString, readBoolean, readObject } from "../body.ts";
import { HttpError, notFound } from "../http-error.ts";
import { linkHeader } from "../pagination.ts";
import type { Answer, Context, Route } from "../route.ts";
import { listRuns } from "./run-list.ts";

const base = "/repos/:owner/:repo/actions";
const read = "actions=read";
const write = "actions=write";

export const actionRoutes: Route[] = [
  {
    method: "GET",
    path: `${base}/workflows`,
    needs: read,
    doc: "rest/actions/workflows#list-repository-workflows",
    handle: (context) => {
      const { github, repository, page } = context;
      const all = github.state.workflows.find({
        where: { repository_id: repository.id },
        and: "doc ->> '$.state' <> 'deleted'",
      });
      const shown = all.slice(page.offset, page.offset + page.per_page);
      return counted(context, all.length, {
        workflows: shown.map((workflow) => viewWorkflow(github, repository, workflow)),
      });
    },
  },
  {
    method: "GET",
    path: `${base}/workflows/:workflow_id`,
    needs: read,
    doc: "rest/actions/workflows#get-a-workflow",
    handle: (context) => ({ status: 200, body: viewWorkflow(context.github, context.repository, workflowOf(context)) }),
  },
  {
    method: "PUT",
    path: `${base}/workflows/:workflow_id/enable`,
    needs: write,
    doc: "rest/actions/workflows#enable-a-workflow",
    handle: (context) => setState(context, "active"),
  },
  {
    method: "PUT",
    path: `${base}/workflows/:workflow_id/disable`,
    needs: write,
    doc: "rest/actions/workflows#disable-a-workflow",
    handle: (context) => setState(context, "disabled_manually"),
  },
  {
    method: "POST",
    path: `${base}/workflows/:workflow_id/dispatches`,
    needs: write,
    doc: "rest/actions/workflows#create-a-workflow-dispatch-event",
    handle: dispatch,
  },
  {
    method: "GET",
    path: `${base}/workflows/:workflow_id/runs`,
    needs: read,
    doc: "rest/actions/workflow-runs#list-workflow-runs-for-a-workflow",
    handle: (context) => listRuns(context, workflowOf(context)),
  },
  {
    method: "GET",
    path: `${base}/runs`,
    needs: read,
    doc: "rest/actions/workflow-runs#list-workflow-runs-for-a-repository",
    handle: (context) => listRuns(context, undefined),
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id`,
    needs: read,
    doc: "rest/actions/workflow-runs#get-a-workflow-run",
    handle: async (context) => ({
      status: 200,
      body: await viewRun(context.github, context.repository, runOf(context)),
    }),
  },
  {
    method: "DELETE",
    path: `${base}/runs/:run_id`,
    needs: write,
    doc: "rest/actions/workflow-runs#delete-a-workflow-run",
    handle: (context) => {
      const run = runOf(context);
      if (!isOver(run)) throw new HttpError(403, "The run is still in progress and cannot be deleted.");
      deleteRunLogs(context.github, run.id);
      context.github.state.jobs.deleteWhere({ where: { run_id: run.id } });
      context.github.state.run_attempts.deleteWhere({ where: { run_id: run.id } });
      context.github.state.runs.delete(run.id);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id/attempts/:attempt`,
    needs: read,
    doc: "rest/actions/workflow-runs#get-a-workflow-run-attempt",
    handle: async (context) => ({
      status: 200,
      body: await viewRun(context.github, context.repository, attemptOf(context)),
    }),
  },
  {
    method: "POST",
    path: `${base}/runs/:run_id/cancel`,
    needs: write,
    doc: "rest/actions/workflow-runs#cancel-a-workflow-run",
    handle: (context) => cancel(context, false),
  },
  {
    method: "POST",
    path: `${base}/runs/:run_id/force-cancel`,
    needs: write,
    doc: "rest/actions/workflow-runs#force-cancel-a-workflow-run",
    handle: (context) => cancel(context, true),
  },
  {
    method: "POST",
    path: `${base}/runs/:run_id/rerun`,
    needs: write,
    doc: "rest/actions/workflow-runs#re-run-a-workflow",
    handle: (context) => rerun(context, runOf(context), "all"),
  },
  {
    method: "POST",
    path: `${base}/runs/:run_id/rerun-failed-jobs`,
    needs: write,
    doc: "rest/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run",
    handle: (context) => rerun(context, runOf(context), "failed"),
  },
  {
    method: "POST",
    path: `${base}/jobs/:job_id/rerun`,
    needs: write,
    doc: "rest/actions/workflow-runs#re-run-a-job-from-a-workflow-run",
    handle: (context) => {
      const job = jobOf(context);
      const run = context.github.state.runs.get(job.run_id);
      if (run === undefined) throw notFound();
      return rerun(context, run, { job_id: job.id });
    },
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id/jobs`,
    needs: read,
    doc: "rest/actions/workflow-jobs#list-jobs-for-a-workflow-run",
    handle: (context) => listJobs(context, runOf(context), context.query["filter"] === "all"),
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id/attempts/:attempt/jobs`,
    needs: read,
    doc: "rest/actions/workflow-jobs#list-jobs-for-a-workflow-run-attempt",
    handle: (context) => listJobs(context, attemptOf(context), false),
  },
  {
    method: "GET",
    path: `${base}/jobs/:job_id`,
    needs: read,
    doc: "rest/actions/workflow-jobs#get-a-job-for-a-workflow-run",
    handle: (context) => ({ status: 200, body: viewJob(context.github, context.repository, jobOf(context)) }),
  },
  {
    method: "GET",
    path: `${base}/jobs/:job_id/logs`,
    needs: read,
    doc: "rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run",
    handle: jobLogs,
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id/logs`,
    needs: read,
    doc: "rest/actions/workflow-runs#download-workflow-run-logs",
    handle: (context) => runLogs(context, runOf(context)),
  },
  {
    method: "GET",
    path: `${base}/runs/:run_id/attempts/:attempt/logs`,
    needs: read,
    doc: "rest/actions/workflow-runs#download-workflow-run-attempt-logs",
    handle: (context) => runLogs(context, attemptOf(context)),
  },
  {
    method: "DELETE",
    path: `${base}/runs/:run_id/logs`,
    needs: write,
    doc: "rest/actions/workflow-runs#delete-workflow-run-logs",
    handle: (context) => {
      const run = runOf(context);
      if (!isOver(run)) throw new HttpError(403, "The logs of a run in progress cannot be deleted.");
      deleteRunLogs(context.github, run.id);
      context.github.state.runs.put({ ...run, logs_deleted: true });
      return { status: 204 };
    },
  },
];

async function dispatch(context: Context): Promise<Answer> {
  const { github, repository, body, actor, version } = context;
  const workflow = workflowOf(context);
  const ref = needString(body, "ref");
  const inputs = readObject(body, "inputs") ?? {};
  const details = version === "2026-03-10" || readBoolean(body, "return_run_details") === true;
  const run = await dispatchWorkflow(github, repository, workflow, ref, inputs, actor).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    record(github, "dispatch_refused", { workflow: workflow.path, ref, reason }, { repository_id: repository.id });
    throw error;
  });
  if (!details) return { status: 204 };
  return {
    status: 200,
    body: {
      workflow_run_id: run.id,
      run_url: repoUrl(github, repository, `/actions/runs/${run.id}`),
      html_url: htmlUrl(github, repository, `/actions/runs/${run.id}`),
    },
  };
}

function setState(context: Context, state: Workflow["state"]): Answer {
  const workflow = workflowOf(context);
  context.github.state.workflows.put({ ...workflow, state, updated_at: timestamp() });
  return { status: 204 };
}

function cancel(context: Context, force: boolean): Answer {
  const run = runOf(context);
  if (isOver(run)) throw new HttpError(409, "Cannot cancel a workflow run that is completed.");
  if (context.github.live_runs.get(run.id) === undefined) endUnfinishedRuns(context.github);
  cancelRun(context.github, run, force);
  return { status: 202, body: {} };
}

async function rerun(
  context: Context,
  run: Run,
  jobs: "all" | "failed" | { readonly job_id: number },
): Promise<Answer> {
  const { github, repository, actor } = context;
  if (!isOver(run)) throw new HttpError(403, "This workflow is already running");
  if (run.run_attempt > 50)
    throw new HttpError(403, "Unable to re-run this workflow run because it has been re-run too many times");
  const latest = github.state.jobs.find({ where: { run_id: run.id, run_attempt: run.run_attempt } });
  if (jobs === "failed" && latest.every((job) => job.conclusion === "success" || job.conclusion === "skipped")) {
    throw new HttpError(403, "This workflow run cannot be retried: it has no failed jobs");
  }
  await startNextAttempt(github, repository, run, actor, jobs);
  return { status: 201, body: {} };
}

function listJobs(context: Context, run: Run, all_attempts: boolean): Answer {
  const { github, repository, page } = context;
  const where = all_attempts ? { run_id: run.id } : { run_id: run.id, run_attempt: run.run_attempt };
  const jobs = github.state.jobs.find({ where, limit: page.per_page, offset: page.offset });
  return counted(context, github.state.jobs.count({ where }), {
    jobs: jobs.map((job) => viewJob(github, repository, job)),
  });
}

function jobLogs(context: Context): Answer {
  const { github } = context;
  const job = jobOf(context);
  const run = github.state.runs.get(job.run_id);
  if (job.status !== "completed" || run === undefined) throw notFound();
  if (run.logs_deleted) throw new HttpError(410, "Server Error: logs have expired");
  return redirect(signedUrl(github, `/_local/downloads/jobs/${job.id}.txt`));
}

function runLogs(context: Context, run: Run): Answer {
  if (!isOver(run)) throw notFound();
  if (run.logs_deleted) throw new HttpError(410, "Server Error: logs have expired");
  return redirect(signedUrl(context.github, `/_local/downloads/runs/${run.id}/${run.run_attempt}.zip`));
}

function redirect(location: string): Answer {
  return { status: 302, headers: { location } };
}

export function counted(context: Context, total: number, body: Record<string, unknown>): Answer {
  const link = linkHeader(context.url, context.page, total);
  return { status: 200, body: { total_count: total, ...body }, ...(link === undefined ? {} : { headers: { link } }) };
}

function workflowOf({ github, repository, params }: Context): Workflow {
  return findWorkflow(github, repository, params["workflow_id"] ?? "");
}

export function runOf({ github, repository, params }: Context): Run {
  const run = findRun(github, repository, params["run_id"] ?? "");
  if (run === undefined) throw notFound();
  return run;
}

function attemptOf(context: Context): Run {
  const run = runOf(context);
  const attempt = Number(context.params["attempt"]);
  if (attempt === run.run_attempt) return run;
  const earlier = context.github.state.run_attempts.first({ run_id: run.id, attempt });
  if (earlier === undefined) throw notFound();
  return earlier.run;
}

function jobOf({ github, repository, params }: Context): Job {
  const job = github.state.jobs.get(Number(params["job_id"]));
  if (job?.repository_id !== repository.id) throw notFound();
  return job;
}
