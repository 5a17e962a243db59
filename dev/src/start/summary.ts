import type { SystemEndpoints } from "./endpoints-file.ts";
import { formatSeconds } from "./progress.ts";

/** What is printed once everything is up: where things are, how to sign in, and what to know. */
export function describeSystem(
  endpoints: SystemEndpoints,
  { after_ms, data_dir, user, notes }: { after_ms: number; data_dir: string; user: string; notes: readonly string[] },
): string {
  const { gateway_url, github_url, repository, admin_token } = endpoints;
  const lines = [
    "",
    `Ready in ${formatSeconds(after_ms)}.`,
    "",
    `  Console and API   ${gateway_url}`,
    `  API reference     ${gateway_url}/api/docs`,
    `  Queues            ${gateway_url}/ops/queues`,
    `  Local GitHub      ${github_url}/${repository}`,
    `  Sign in with      ${admin_token}`,
    "",
    `Skills run on this machine, as ${user}, with everything ${user} may do.`,
    `Data and endpoints.json are in ${data_dir}. Ctrl-C stops everything.`,
    ...notes,
    "",
  ];
  return lines.join("\n");
}
