import type { FuzzRequest } from "./requests.ts";
import type { Route } from "./routes.ts";
import type { FuzzAnswer } from "./send.ts";

const slow_ms = 35_000;

/** What is wrong with an answer; undefined when it is one the description announces, in the shape it announces. */
export function findFault(route: Route, { strayed }: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, headers, body, took_ms } = answer;
  if (status >= 500) return `answered ${status}: ${body.slice(0, 200)}`;
  if (took_ms > slow_ms) return `took ${Math.round(took_ms / 1_000)} s`;
  if (headers["x-request-id"] === undefined) return `answered ${status} without x-request-id`;
  const media = route.answers.get(status);
  if (media === undefined) {
    // A bent address may name nothing, or a route that has another method.
    if (strayed && (status === 404 || status === 405)) return undefined;
    return `answered ${status}, which the description does not announce: ${body.slice(0, 200)}`;
  }
  if (media.size === 0) return body === "" ? undefined : `answered ${status} with a body`;
  const type = (headers["content-type"] ?? "").split(";")[0] ?? "";
  const misfit = media.get(type);
  if (misfit === undefined) return strayed ? undefined : `answered ${status} as ${type}`;
  const why = strayed && status < 400 ? undefined : misfit(body);
  return why === undefined ? undefined : `answered ${status} with a body that misses its schema: ${why}`;
}
