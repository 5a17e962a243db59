import { SpanKind } from "@opentelemetry/api";
import { inSpan } from "@infraskill/platform/trace";

/**
 * The fetch octokit uses. The time limit starts when the request leaves (not while throttling holds it back) and covers the body.
 * Redirects are not followed: a followed one would carry the credential along, or repeat a write elsewhere.
 */
export function createFetch(timeout_ms: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(timeout_ms);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const method = init?.method ?? "GET";
    const attributes = { "http.request.method": method, "url.path": pathOf(input) };
    return await inSpan(`GitHub ${method}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const answer = await fetch(input, { ...init, redirect: "manual", signal });
      span.setAttribute("http.response.status_code", answer.status);
      return answer;
    });
  };
}

function pathOf(input: Parameters<typeof fetch>[0]): string {
  return new URL(input instanceof Request ? input.url : input).pathname;
}
