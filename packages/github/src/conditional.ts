import { RequestError } from "@octokit/request-error";
import { attempt, type Answer, type Failure, type Ok, type Outcome } from "./outcome.ts";

export type Conditional<Data> = { kind: "unchanged" } | (Ok<Data> & { etag: string | null }) | Failure;

/**
 * Reads something unless it is still what `etag` names; an unchanged answer (304) does not count against the rate limit.
 *
 *     await readIfChanged(etag, (headers) => github.octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...github.repository, pull_number, headers }));
 */
export async function readIfChanged<Data>(
  etag: string | null,
  send: (headers: Record<string, string>) => Promise<Answer<Data>>,
): Promise<Conditional<Data>> {
  let outcome: Outcome<Data>;
  try {
    outcome = await attempt(() => send(etag === null ? {} : { "if-none-match": etag }).catch(throwUnchanged));
  } catch (error) {
    if (error instanceof Unchanged) return { kind: "unchanged" };
    throw error;
  }
  if (outcome.kind !== "ok") return outcome;
  const { etag: fresh } = outcome.headers;
  return { ...outcome, etag: fresh === undefined ? null : String(fresh) };
}

class Unchanged extends Error {}

/** octokit throws on 304. */
function throwUnchanged(error: unknown): never {
  throw error instanceof RequestError && error.status === 304 ? new Unchanged() : error;
}
