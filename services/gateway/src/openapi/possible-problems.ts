import type { Endpoint } from "@infraskill/contracts/endpoint";
import type { ProblemName } from "@infraskill/contracts/problem";

/** Everything a route may refuse with: what its contract names and what the server itself refuses before the route is reached. */
export function possibleProblems(endpoint: Endpoint): ProblemName[] {
  const names = new Set<ProblemName>(["malformed", ...endpoint.problems]);
  if (endpoint.params !== undefined) names.add("not_found");
  if (endpoint.query !== undefined || endpoint.body !== undefined) names.add("refused");
  if (endpoint.method !== "GET") names.add("too_large").add("unsupported_media_type");
  if (endpoint.access === "proof") names.add("bad_proof");
  else if (endpoint.access !== "anyone") names.add("unauthenticated").add("forbidden").add("unavailable");
  return [...names];
}
