import type { Failure } from "./outcome.ts";

const SOON_MS = 10_000;
const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;

/** About the content itself: the same request would be answered the same for ever. */
const definite = new Set([400, 413, 422]);

/**
 * Milliseconds to wait before trying again, when GitHub is down, busy or set up wrongly: work waits, nothing fails (design §8.5).
 * Undefined when GitHub declined what was sent.
 */
export function waitAfter(failure: Failure): number | undefined {
  if (failure.kind === "limited") return Math.min(failure.retry_after_ms, A_DAY_MS);
  if (failure.kind === "refused") return definite.has(failure.status) ? undefined : A_MINUTE_MS;
  return failure.kind === "unauthorised" ? A_MINUTE_MS : SOON_MS;
}

/** One sentence for people: what was being done, and GitHub's words. */
export function describeFailure(doing: string, failure: Failure): string {
  return `${doing}: ${failure.message}`.replaceAll("\0", "\ufffd").toWellFormed();
}

/** How long something waits that a person has to put right. */
export const UNTIL_REPAIRED_MS = A_MINUTE_MS;
