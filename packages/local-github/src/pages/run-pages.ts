import { readJobLog } from "../actions/job-logs.ts";
import { waitingApprovals } from "../actions/environments.ts";
import { gitOf, type Github } from "../github.ts";
import { parseWorkflow } from "../runner/workflow/parse.ts";
import type { DispatchInput } from "../runner/types.ts";
import type { Job, Repository, Run, Workflow } from "../state/documents.ts";
import { html, type Html } from "./html.ts";
import { ago, page, stateWord } from "./layout.ts";

const live_refresh_s = 2;

/** The workflows and the newest runs of a repository. */
export function runsPage(github: Github, repository: Repository, workflow?: Workflow, form?: Html): string {
  const root = `/${repository.owner}/${repository.name}`;
  const where = workflow === undefined ? { repository_id: repository.id } : { workflow_id: workflow.id };
  const runs = github.state.runs.find({ where, order: "id desc", limit: 100 });
  const workflows = github.state.workflows
    .find({ where: { repository_id: repository.id }, order: "path" })
    .filter(({ state }) => state !== "deleted");
  const rows = runs.map(
    (run) =>
      html`<div>
        ${stateWord(run.status, run.conclusion)}
        <a href="${root}/actions/runs/${run.id}"><b>${run.display_title}</b></a>
        <span class="dim">${run.workflow_name} #${run.run_number} · ${run.event}</span
        ><code class="push">${run.head_branch}</code> ${ago(run.created_at)}
      </div>`,
  );
  const moving = runs.some((run) => run.status !== "completed") && form === undefined;
  const body = html`<h2>${workflow === undefined ? "Actions" : workflow.name}</h2>
    <div class="box">
      <div class="head"><b>Workflows</b></div>
      <div class="rows">
        ${workflows.map(
          (one) =>
            html`<div>
              <a href="${root}/actions/workflows/${one.path.split("/").at(-1)}">${one.name}</a>
              <code class="dim">${one.path}</code>
              ${one.state === "active" ? "" : html`<span class="label">disabled</span>`}
            </div>`,
        )}${workflows.length === 0 ? html`<div class="dim">No workflow on ${repository.default_branch}.</div>` : ""}
      </div>
    </div>
    ${form ?? ""}
    <div class="box">
      <div class="head"><b>Runs</b></div>
      <div class="rows">${rows.length === 0 ? html`<div class="dim">None yet.</div>` : rows}</div>
    </div>`;
  return page(`Actions · ${repository.name}`, body, {
    repository,
    tab: "actions",
    ...(moving ? { refresh: live_refresh_s } : {}),
  });
}

/** One workflow with a form that dispatches it on the default branch. */
export async function workflowPage(
  github: Github,
  repository: Repository,
  workflow: Workflow,
  problem?: string,
): Promise<string> {
  const text =
    (await gitOf(github, repository).file(repository.default_branch, workflow.path))?.content.toString() ?? "";
  const parsed = parseWorkflow(text, workflow.path);
  const inputs = parsed.ok ? parsed.workflow.dispatch_inputs : null;
  const form =
    inputs === null
      ? undefined
      : html`${problem === undefined ? "" : html`<div class="flash" role="alert">${problem}</div>`}
          <details class="box" ${problem === undefined ? "" : "open"}>
            <summary><b>Run workflow</b></summary>
            <div class="body">
              <form
                class="stack"
                method="post"
                action="/${repository.owner}/${repository.name}/actions/workflows/${workflow.path.split("/").at(-1)}/dispatch"
              >
                <label for="ref">Branch or tag</label
                ><input id="ref" name="ref" value="${repository.default_branch}" /> ${inputs.map(inputField)}<button
                  class="primary"
                >
                  Run workflow
                </button>
              </form>
            </div>
          </details>`;
  return runsPage(github, repository, workflow, form);
}

function inputField(input: DispatchInput): Html {
  const id = `input-${input.name}`;
  const label = html`<label for="${id}">${input.description ?? input.name}${input.required ? " *" : ""}</label>`;
  const value = input.default === null ? "" : String(input.default);
  const options = input.type === "boolean" ? ["false", "true"] : input.options;
  if (input.type === "choice" || input.type === "boolean") {
    return html`${label}<select id="${id}" name="${id}">
        ${options.map((option) => html`<option ${option === value ? "selected" : ""}>${option}</option>`)}
      </select>`;
  }
  return html`${label}<input id="${id}" name="${id}" value="${value}" ${input.required ? "required" : ""} />`;
}

/** A run with its jobs and their steps. */
export function runPage(github: Github, repository: Repository, run: Run): string {
  const root = `/${repository.owner}/${repository.name}`;
  const jobs = github.state.jobs.find({ where: { run_id: run.id, run_attempt: run.run_attempt } });
  const artifacts = github.state.artifacts.find({ where: { run_id: run.id } });
  const act = (action: string, text: string) =>
    html`<form method="post" action="${root}/actions/runs/${run.id}/${action}"><button>${text}</button></form>`;
  const inputs = Object.entries(run.inputs);
  const body = html`<h2>
      ${run.display_title}
      <small>${run.workflow_name} #${run.run_number}${run.run_attempt > 1 ? `, attempt ${run.run_attempt}` : ""}</small>
    </h2>
    <p>
      ${stateWord(run.status, run.conclusion)} · ${run.event} by ${run.actor} on <code>${run.head_branch}</code> at
      <a class="mono" href="${root}/commit/${run.head_sha}">${run.head_sha.slice(0, 7)}</a> · ${ago(run.created_at)}
      ${run.status === "completed" ? html`${act("rerun", "Re-run all jobs")} ${run.conclusion === "success" ? "" : act("rerun-failed", "Re-run failed jobs")}` : act("cancel", "Cancel run")}
    </p>
    ${waitingApprovals(github, run).map(
      (approval) =>
        html`<div class="box">
          <div class="head">
            <b>${approval.environment}</b> waits for review
            <form method="post" action="${root}/actions/runs/${run.id}/review">
              <input type="hidden" name="environment" value="${approval.environment}" />
              <button class="primary" name="state" value="approved">Approve and deploy</button
              ><button name="state" value="rejected">Reject</button>
            </form>
          </div>
        </div>`,
    )}
    ${jobs.map((job) => jobBox(root, job))}
    ${jobs.length === 0 && run.conclusion === "startup_failure" ? html`<div class="flash">The workflow file is not valid, so no job started.</div>` : ""}
    ${
      inputs.length === 0
        ? ""
        : html`<div class="box">
            <div class="head"><b>Inputs</b></div>
            <table>
              ${inputs.map(
                ([name, value]) =>
                  html`<tr>
                    <th scope="row">${name}</th>
                    <td class="mono">${value}</td>
                  </tr>`,
              )}
            </table>
          </div>`
    }
    ${
      artifacts.length === 0
        ? ""
        : html`<div class="box">
            <div class="head"><b>Artifacts</b></div>
            <div class="rows">
              ${artifacts.map((artifact) => html`<div>${artifact.name} <span class="dim">${artifact.size_in_bytes} bytes</span></div>`)}
            </div>
          </div>`
    }
    ${jobs
      .filter((job) => job.summary !== "")
      .map(
        (job) =>
          html`<div class="box">
            <div class="head"><b>${job.name} summary</b></div>
            <pre class="text">${job.summary}</pre>
          </div>`,
      )}`;
  return page(`${run.display_title} · Run #${run.run_number}`, body, {
    repository,
    tab: "actions",
    ...(run.status === "completed" ? {} : { refresh: live_refresh_s }),
  });
}

function jobBox(root: string, job: Job): Html {
  return html`<div class="box">
    <div class="head">
      ${stateWord(job.status, job.conclusion)}
      <a href="${root}/actions/runs/${job.run_id}/job/${job.id}"><b>${job.name}</b></a>
      <span class="dim push"
        >${job.runner_name ?? `waits for a runner: ${job.labels.join(", ")}`} ${duration(job)}</span
      >
    </div>
    <div class="rows">
      ${job.steps.map((step) => html`<div>${stateWord(step.status, step.conclusion)} ${step.name} <span class="dim push">${duration(step)}</span></div>`)}
    </div>
  </div>`;
}

/** A job's log, step by step; the steps that failed are open. */
export async function jobPage(github: Github, repository: Repository, run: Run, job: Job): Promise<string> {
  const root = `/${repository.owner}/${repository.name}`;
  github.live_runs.get(run.id)?.logs?.flush(job.id);
  const lines = (await readJobLog(github, run.id, job.id)) ?? [];
  const steps = job.steps.map((step) => {
    const own = lines.filter((line) => line.step === step.number);
    const open = step.conclusion === "failure" || step.status === "in_progress" || job.steps.length < 6;
    return html`<details class="box" ${open ? "open" : ""}>
      <summary>
        ${stateWord(step.status, step.conclusion)} ${step.name} <span class="dim">${duration(step)}</span>
      </summary>
      <pre class="log">${own.map((line, index) => logLine(line.text, index + 1))}</pre>
    </details>`;
  });
  const body = html`<h2>
      ${job.name} <small><a href="${root}/actions/runs/${run.id}">${run.display_title}</a></small>
    </h2>
    <p>
      ${stateWord(job.status, job.conclusion)} · ${job.labels.join(", ")}
      ${job.runner_name === null ? "" : `on ${job.runner_name}`} ${duration(job)}
    </p>
    ${job.annotations.map((annotation) => html`<div class="flash">${annotation.level}: ${annotation.message}</div>`)}${steps}`;
  return page(`${job.name} · ${run.display_title}`, body, {
    repository,
    tab: "actions",
    ...(job.status === "completed" ? {} : { refresh: live_refresh_s }),
  });
}

function logLine(line: string, number: number): Html {
  // oxlint-disable-next-line no-control-regex -- ANSI colours start with the escape character
  const text = line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, "").replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, "");
  const marked = /^##\[(group|endgroup|error|warning|notice|debug|command)\](.*)$/s.exec(text);
  if (marked?.[1] === "endgroup") return html``;
  return html`<span class="l ${marked?.[1] ?? ""}" data-n="${number}">${marked?.[2] ?? text} </span>`;
}

function duration(part: { started_at: string | null; completed_at: string | null }): string {
  if (part.started_at === null || part.completed_at === null) return "";
  const ms = Math.max(0, Date.parse(part.completed_at) - Date.parse(part.started_at));
  return ms < 60_000
    ? `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
