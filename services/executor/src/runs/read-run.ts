import { GithubRun } from "@infraskill/contracts/github-run";
import type { RunFacts } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";

/** A run by its id. `gone`: twice not found, in a repository that answers; somebody deleted it. */
export async function readRun(
  { octokit, repository }: Github,
  run_id: number,
): Promise<{ kind: "ok"; run: RunFacts } | { kind: "gone" } | Failure> {
  const read = () =>
    attempt(() => octokit.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", { ...repository, run_id }));
  let answer = await read();
  if (answer.kind === "refused" && answer.status === 404) {
    const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
    if (repo.kind !== "ok") return repo;
    answer = await read();
    if (answer.kind === "refused" && answer.status === 404) return { kind: "gone" };
  }
  if (answer.kind !== "ok") return answer;
  const run = GithubRun.safeParse(answer.data);
  return run.success ? { kind: "ok", run: run.data } : { kind: "unknown", message: "GitHub's answer is no run." };
}
