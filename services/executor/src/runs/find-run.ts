import { GithubRun } from "@infraskill/contracts/github-run";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { RunFacts } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { createRounds } from "./rounds.ts";
import { matchRun } from "./match-run.ts";

/** GitHub's clock and the database's may differ by this much. */
const CLOCK_MARGIN_MS = 60_000;
const PER_PAGE = 100;
/** GitHub lists at most 1,000 runs of a filtered search. */
const PAGES = 10;
/** How often a workflow's list is read at most: a look-up waits that long at worst, and GitHub is asked no more than twice a second. */
const READ_EVERY_MS = 500;

type Wanted = Pick<ExecutionWork, "execution_id" | "skill_name" | "github_path" | "dispatch_started_at" | "created_at">;
export type Found = { kind: "found"; run: RunFacts } | { kind: "none" } | Failure;
export type FindRun = (wanted: Wanted) => Promise<Found>;

/**
 * Looks for the run of an execution whose run id is not known, by its title (github.md §1). GitHub's list lags: `none` is no proof.
 *
 * The list of a workflow is read once for all who come to look within READ_EVERY_MS, however many they are: after an outage hundreds look at once,
 * and their requests would be GitHub's next outage.
 */
export function createFindRun(github: Github): FindRun {
  const look = createRounds(
    (github_path: string, wanted: readonly Wanted[]) => findAll(github, github_path, wanted),
    READ_EVERY_MS,
  );
  return (wanted) => look(wanted.github_path, wanted);
}

/** Pages back until everything wanted is found, or the list ends, or a page cannot be read: what was found until then counts. */
async function findAll(
  { octokit, repository }: Github,
  github_path: string,
  wanted: readonly Wanted[],
): Promise<(one: Wanted) => Found> {
  const found = new Map<string, RunFacts>();
  const tell =
    (otherwise: Found) =>
    ({ execution_id }: Wanted): Found => {
      const run = found.get(execution_id);
      return run === undefined ? otherwise : { kind: "found", run };
    };
  const query = {
    ...repository,
    workflow_id: fileNameOf(github_path),
    event: "workflow_dispatch",
    created: `>=${earliest(wanted).toISOString().slice(0, 19)}Z`,
    per_page: PER_PAGE,
  };
  for (let page = 1; page <= PAGES && found.size < wanted.length; page += 1) {
    const listed = await attempt(() =>
      octokit.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs", { ...query, page }),
    );
    if (listed.kind !== "ok") return tell(listed);
    const { workflow_runs } = listed.data;
    const runs = workflow_runs.flatMap((run) => GithubRun.safeParse(run).data ?? []);
    for (const one of wanted) {
      const run = found.has(one.execution_id) ? undefined : matchRun(runs, one);
      if (run !== undefined) found.set(one.execution_id, run);
    }
    if (workflow_runs.length < PER_PAGE) break;
  }
  return tell({ kind: "none" });
}

function earliest(wanted: readonly Wanted[]): Date {
  const starts = wanted.map(({ dispatch_started_at, created_at }) => Date.parse(dispatch_started_at ?? created_at));
  return new Date(Math.min(...starts) - CLOCK_MARGIN_MS);
}

/** GitHub takes a workflow's file name for its id. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
