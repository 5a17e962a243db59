import { GithubRun } from "@infraskill/contracts/github-run";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { RunFacts } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { matchRun } from "./match-run.ts";

/** GitHub's clock and the database's may differ by this much. */
const CLOCK_MARGIN_MS = 60_000;
const PER_PAGE = 100;
/** GitHub lists at most 1,000 runs of a filtered search. */
const PAGES = 10;

/** Looks for the run of an execution whose run id is not known, by its title (github.md §1). GitHub's list lags: `none` is no proof. */
export async function findRun(
  { octokit, repository }: Github,
  work: Pick<ExecutionWork, "execution_id" | "skill_name" | "github_path" | "dispatch_started_at" | "created_at">,
): Promise<{ kind: "found"; run: RunFacts } | { kind: "none" } | Failure> {
  const since = new Date(Date.parse(work.dispatch_started_at ?? work.created_at) - CLOCK_MARGIN_MS);
  const query = {
    ...repository,
    workflow_id: fileNameOf(work.github_path),
    event: "workflow_dispatch",
    created: `>=${since.toISOString().slice(0, 19)}Z`,
    per_page: PER_PAGE,
  };
  for (let page = 1; page <= PAGES; page += 1) {
    const listed = await attempt(() =>
      octokit.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", { ...query, page }),
    );
    if (listed.kind !== "ok") return listed;
    const { workflow_runs } = listed.data;
    const runs = workflow_runs.flatMap((run) => GithubRun.safeParse(run).data ?? []);
    const run = matchRun(runs, work);
    if (run !== undefined) return { kind: "found", run };
    if (workflow_runs.length < PER_PAGE) break;
  }
  return { kind: "none" };
}

/** GitHub takes a workflow's file name for its id. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
