import type { Github } from "@infraskill/github/github";
import { attempt } from "@infraskill/github/outcome";
import type { HealthChecks } from "@infraskill/platform/health";
import type { Publisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";

/** Without Redis or the registry there is nothing to do; without GitHub work waits. */
export function checksOf(dependencies: {
  redis: Publisher["redis"];
  registry_url: string;
  github: Github;
}): HealthChecks {
  const { redis, registry_url, github } = dependencies;
  return {
    redis: redisCheck(redis, { needed: true }),
    registry: {
      needed: true,
      async check(signal) {
        const answer = await fetch(`${registry_url}/livez`, { signal });
        if (!answer.ok) throw new Error(`the registry answers ${answer.status}`);
      },
    },
    github: {
      needed: false,
      // Reading the rate limit does not count against it.
      async check(signal) {
        const answer = await attempt(() => github.octokit.request("GET /rate_limit", { request: { signal } }));
        if (answer.kind !== "ok") throw new Error(answer.message);
      },
    },
  };
}
