import { checkOfJob, latestChecks } from "../../pulls/checks.ts";
import type { CheckConclusion, CheckRun } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { viewCheckRun } from "../../view/check-run.ts";
import { emit } from "../../webhooks/emit.ts";
import { needString, readObject, readString, type Body } from "../body.ts";
import { invalidRequest, notFound, unprocessable } from "../http-error.ts";
import { htmlUrl } from "../../view/urls.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";

const base = "/repos/:owner/:repo/check-runs";
const conclusions = ["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"];

export const checkRoutes: Route[] = [
  { method: "POST", path: base, needs: "checks=write", doc: "rest/checks/runs#create-a-check-run", handle: create },
  {
    method: "PATCH",
    path: `${base}/:check_run_id`,
    needs: "checks=write",
    doc: "rest/checks/runs#update-a-check-run",
    handle: update,
  },
  {
    method: "GET",
    path: `${base}/:check_run_id`,
    needs: "checks=read",
    doc: "rest/checks/runs#get-a-check-run",
    handle: (context) => ({ status: 200, body: viewCheckRun(context.github, context.repository, checkOf(context)) }),
  },
  {
    method: "GET",
    path: `${base}/:check_run_id/annotations`,
    needs: "checks=read",
    doc: "rest/checks/runs#list-check-run-annotations",
    handle: (context) => {
      const { page } = context;
      const all = annotationsOf(context, checkOf(context));
      return list(context, all.slice(page.offset, page.offset + page.per_page), all.length);
    },
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/commits/:ref/check-runs",
    needs: "checks=read",
    doc: "rest/checks/runs#list-check-runs-for-a-git-reference",
    handle: async ({ github, repository, git, params, query, page }) => {
      const sha = await git.resolveCommit(params["ref"] ?? "");
      if (sha === undefined) throw unprocessable(`No commit found for SHA: ${params["ref"]}`);
      const all = latestChecks(github, repository, sha)
        .filter((check) => query["check_name"] === undefined || check.name === query["check_name"])
        .filter((check) => query["status"] === undefined || check.status === query["status"]);
      const shown = all.slice(page.offset, page.offset + page.per_page);
      return {
        status: 200,
        body: { total_count: all.length, check_runs: shown.map((check) => viewCheckRun(github, repository, check)) },
      };
    },
  },
];

async function create({ github, repository, git, body, actor }: Context): Promise<Answer> {
  const name = needString(body, "name");
  const head_sha = needString(body, "head_sha");
  if ((await git.peel(head_sha)) === undefined) throw unprocessable(`No commit found for SHA: ${head_sha}`);
  const check = apply(
    {
      id: github.state.next("jobs", 40_000_001),
      repository_id: repository.id,
      head_sha,
      name,
      status: "queued",
      conclusion: null,
      external_id: "",
      details_url: null,
      started_at: timestamp(),
      completed_at: null,
      output: { title: null, summary: null, text: null },
    },
    body,
  );
  github.state.check_runs.put(check);
  const view = viewCheckRun(github, repository, check);
  emit(github, repository, { name: "check_run", action: "created", payload: { check_run: view }, sender: actor });
  if (check.status === "completed") {
    emit(github, repository, { name: "check_run", action: "completed", payload: { check_run: view }, sender: actor });
  }
  return { status: 201, body: view, headers: { location: view.url } };
}

function update(context: Context): Answer {
  const { github, repository, body, actor } = context;
  const before = checkOf(context);
  const check = github.state.check_runs.put(apply(before, body));
  const view = viewCheckRun(github, repository, check);
  if (check.status === "completed" && before.status !== "completed") {
    emit(github, repository, { name: "check_run", action: "completed", payload: { check_run: view }, sender: actor });
  }
  return { status: 200, body: view };
}

function apply(check: CheckRun, body: Body): CheckRun {
  const conclusion = readString(body, "conclusion");
  if (conclusion !== undefined && !conclusions.includes(conclusion)) {
    throw invalidRequest(`For 'properties/conclusion', "${conclusion}" is not one of the allowed values.`);
  }
  const status = conclusion === undefined ? (readString(body, "status") ?? check.status) : "completed";
  if (status !== "queued" && status !== "in_progress" && status !== "completed") {
    throw invalidRequest(`For 'properties/status', "${status}" is not one of the allowed values.`);
  }
  if (status === "completed" && conclusion === undefined && check.conclusion === null) {
    throw invalidRequest(`"conclusion" wasn't supplied.`);
  }
  const output = readObject(body, "output");
  return {
    ...check,
    name: readString(body, "name") ?? check.name,
    status,
    conclusion: (conclusion as CheckConclusion | undefined) ?? (status === "completed" ? check.conclusion : null),
    external_id: readString(body, "external_id") ?? check.external_id,
    details_url: readString(body, "details_url") ?? check.details_url,
    started_at: readString(body, "started_at") ?? check.started_at,
    completed_at: status === "completed" ? (readString(body, "completed_at") ?? timestamp()) : null,
    output:
      output === undefined
        ? check.output
        : {
            title: readString(output, "title") ?? null,
            summary: readString(output, "summary") ?? null,
            text: readString(output, "text") ?? null,
          },
  };
}

function checkOf({ github, repository, params }: Context): CheckRun {
  const id = Number(params["check_run_id"]);
  const check = github.state.check_runs.get(id);
  if (check?.repository_id === repository.id) return check;
  const job = github.state.jobs.get(id);
  if (job?.repository_id !== repository.id) throw notFound();
  return checkOfJob(github, repository, job);
}

/** What was written at a job; checks that were reported by the API have none here. */
function annotationsOf({ github, repository }: Context, check: CheckRun) {
  return (github.state.jobs.get(check.id)?.annotations ?? []).map(({ level, ...annotation }) => ({
    path: annotation.path,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column,
    end_column: annotation.end_column,
    annotation_level: level,
    title: annotation.title,
    message: annotation.message,
    raw_details: null,
    blob_href: htmlUrl(github, repository, `/blob/${check.head_sha}/${annotation.path}`),
  }));
}
