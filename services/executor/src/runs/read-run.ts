import { GithubRun } from "@infraskill/contracts/github-run";
import type { RunFacts } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";

/**
 * A run by its id. When a person has run it again meanwhile, the attempt that has the execution is told, not the last one. `gone`: twice not found, in
 * a repository that answers; somebody deleted it.
 */
export async function readRun(
  github: Github,
  run_id: number,
  claimed_attempt: number | null,
): Promise<{ kind: "ok"; run: RunFacts } | { kind: "gone" } | Failure> {
  const { octokit, repository } = github;
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
  if (!run.success) return noRun;
  if (claimed_attempt === null || run.data.run_attempt <= claimed_attempt) return { kind: "ok", run: run.data };
  return readAttempt(github, run_id, claimed_attempt);
}

const noRun: Failure = { kind: "unknown", message: "GitHub's answer is no run." };

async function readAttempt(
  { octokit, repository }: Github,
  run_id: number,
  attempt_number: number,
): Promise<{ kind: "ok"; run: RunFacts } | Failure> {
  const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}";
  const answer = await attempt(() => octokit.request(route, { ...repository, run_id, attempt_number }));
  if (answer.kind !== "ok") return answer;
  const run = GithubRun.safeParse(answer.data);
  return run.success ? { kind: "ok", run: run.data } : noRun;
}
