import type { HealthCheck } from "@infraskill/platform/health";
import type { Github } from "./github.ts";
import { attempt } from "./outcome.ts";

/** Never needed: without GitHub work waits. Reading the rate limit does not count against it. */
export function githubCheck({ octokit }: Github): HealthCheck {
  return {
    needed: false,
    async check(signal) {
      const answer = await attempt(() => octokit.request("GET /rate_limit", { request: { signal } }));
      if (answer.kind !== "ok") throw new Error(answer.message);
    },
  };
}
