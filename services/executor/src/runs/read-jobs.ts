import type { JobRun } from "@infraskill/contracts/execution";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { GithubJob } from "./jobs.ts";

const PER_PAGE = 100;
/** A matrix has at most 256 jobs. */
const PAGES = 10;

/** The jobs of all attempts of a run, with their steps. `gone`: GitHub does not know the run. */
export async function readJobs(
  { octokit, repository }: Github,
  run_id: number,
): Promise<{ kind: "ok"; jobs: JobRun[] } | { kind: "gone" } | Failure> {
  const jobs: JobRun[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const listed = await attempt(() =>
      octokit.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", {
        ...repository,
        run_id,
        filter: "all",
        per_page: PER_PAGE,
        page,
      }),
    );
    if (listed.kind === "refused" && listed.status === 404) return { kind: "gone" };
    if (listed.kind !== "ok") return listed;
    jobs.push(...listed.data.jobs.flatMap((job) => GithubJob.safeParse(job).data ?? []));
    if (listed.data.jobs.length < PER_PAGE) break;
  }
  return { kind: "ok", jobs };
}
