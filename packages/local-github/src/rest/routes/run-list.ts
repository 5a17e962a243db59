import type { SQLInputValue } from "node:sqlite";
import type { Workflow } from "../../state/documents.ts";
import { viewRun } from "../../view/run.ts";
import { linkHeader } from "../pagination.ts";
import type { Answer, Context } from "../route.ts";

const statuses = ["requested", "queued", "pending", "waiting", "in_progress", "completed"];
const most_runs = 1000;

/** Runs, newest first, with GitHub's filters. A filtered list ends after 1,000 runs, as on GitHub. */
export async function listRuns(context: Context, workflow: Workflow | undefined): Promise<Answer> {
  const { github, repository, query, page } = context;
  const where: Record<string, SQLInputValue> =
    workflow === undefined ? { repository_id: repository.id } : { workflow_id: workflow.id };
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  for (const [name, column] of [
    ["event", "event"],
    ["actor", "actor"],
    ["branch", "head_branch"],
    ["head_sha", "head_sha"],
  ] as const) {
    if (query[name] !== undefined && query[name] !== "") where[column] = query[name];
  }
  const status = query["status"];
  if (status !== undefined) where[statuses.includes(status) ? "status" : "conclusion"] = status;
  addCreated(query["created"], parts, values);
  const lag = github.faults.take("run_list", { match: repository.key });
  if (lag !== undefined) {
    parts.push("doc ->> '$.created_ms' < ?");
    values.push(Date.now() - lag.delay_ms);
  }
  const find = { where, and: parts.join(" and "), and_values: values };
  const filtered = parts.length > 0 || Object.keys(where).length > 1;
  const found = github.state.runs.count(find);
  const total = filtered ? Math.min(found, most_runs) : found;
  const limit = Math.max(0, Math.min(page.per_page, total - page.offset));
  const runs = limit === 0 ? [] : github.state.runs.find({ ...find, order: "id desc", limit, offset: page.offset });
  const views = [];
  for (const run of runs) views.push(await viewRun(github, repository, run));
  const link = linkHeader(context.url, page, total);
  return {
    status: 200,
    body: { total_count: total, workflow_runs: views },
    ...(link === undefined ? {} : { headers: { link } }),
  };
}

/** GitHub's date search: `>=2026-11-01`, `2026-11-01..2026-11-30`, `*..2026-11-30`, a day or a moment. */
function addCreated(created: string | undefined, parts: string[], values: SQLInputValue[]): void {
  if (created === undefined) return;
  const range = /^(.+)\.\.(.+)$/.exec(created);
  if (range !== null) {
    if (range[1] !== "*") add(">=", startOf(range[1] ?? ""));
    if (range[2] !== "*") add("<=", endOf(range[2] ?? ""));
    return;
  }
  const compared = /^(>=|<=|>|<)(.+)$/.exec(created);
  const [operator, moment] = [compared?.[1], compared?.[2] ?? created];
  if (operator === undefined) {
    add(">=", startOf(moment));
    add("<=", endOf(moment));
  } else add(operator, operator === ">" || operator === "<=" ? endOf(moment) : startOf(moment));

  function add(sign: string, value: string): void {
    parts.push(`created_at ${sign} ?`);
    values.push(value);
  }
}

function startOf(moment: string): string {
  return moment.length <= 10 ? `${moment}T00:00:00Z` : normalise(moment);
}

function endOf(moment: string): string {
  return moment.length <= 10 ? `${moment}T23:59:59Z` : normalise(moment);
}

function normalise(moment: string): string {
  const ms = Date.parse(moment.replace(" ", "+"));
  return Number.isNaN(ms) ? moment : new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}
