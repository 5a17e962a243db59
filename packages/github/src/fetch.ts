/**
 * The fetch octokit uses. The time limit starts when the request leaves (not while throttling holds it back) and covers the body.
 * Redirects are not followed: a followed one would carry the credential along, or repeat a write elsewhere.
 */
export function createFetch(timeout_ms: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(timeout_ms);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return await fetch(input, { ...init, redirect: "manual", signal });
  };
}
