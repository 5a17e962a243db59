import type { ChoreOutcome, ChoreWork } from "@infraskill/contracts/chores";
import { attempt } from "@infraskill/github/outcome";
import type { Tools } from "../tools.ts";
import { postponed } from "../postponed.ts";

/** Asking does not count against it. An Enterprise Server without limits answers 404. https://docs.github.com/rest/rate-limit/rate-limit */
export async function readRateLimit(_work: ChoreWork, { github }: Pick<Tools, "github">): Promise<ChoreOutcome> {
  const answer = await attempt(() => github.octokit.request("GET /rate_limit"));
  if (answer.kind === "refused" && answer.status === 404) return { type: "done", facts: [], result: {} };
  if (answer.kind !== "ok") return postponed("Reading the rate limit", answer);
  const { limit, remaining, reset } = answer.data.resources.core;
  const reset_at = new Date(reset * 1_000).toISOString();
  return { type: "done", facts: [], result: { limit, remaining, reset_at } };
}
