/** How long until a run is looked for again whose dispatch answered nothing: GitHub usually lists it within seconds. */
export function lookUpWait(since_dispatch_ms: number): number {
  if (since_dispatch_ms < 10_000) return 2_000;
  return since_dispatch_ms < 40_000 ? 5_000 : 10_000;
}

/**
 * How long until a run that goes on for long is asked for again; undefined: as usual. Callback and webhook usually come first; when both are lost
 * the end is still seen within a minute, and a run of hours does not eat the rate limit.
 */
export function observeWait(since_dispatch_ms: number): number | undefined {
  if (since_dispatch_ms < 10 * 60_000) return undefined;
  return since_dispatch_ms < 60 * 60_000 ? 30_000 : 45_000;
}
