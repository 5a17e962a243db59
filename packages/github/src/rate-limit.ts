const UNTOLD_WAIT_MS = 60_000;
/** Both clocks have whole seconds: one more, so that nothing is sent before the time given. */
const MARGIN_MS = 1_000;

type Refusal = { status: number; headers: Readonly<Partial<Record<string, string | number>>>; message: string };

/**
 * Milliseconds to wait when the answer is a rate limit (primary or secondary), else undefined. `retry-after` first, then
 * `x-ratelimit-reset` (by GitHub's own clock where the answer has a date), else one minute.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function limitOf({ status, headers, message }: Refusal, now_ms: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const retry_after = headers["retry-after"];
  const spent = String(headers["x-ratelimit-remaining"]) === "0";
  const limited = status === 429 || retry_after !== undefined || spent || /rate limit|abuse detection/i.test(message);
  if (!limited) return undefined;

  const clock_ms = timeOf(headers["date"]) ?? now_ms;
  if (retry_after !== undefined) {
    const seconds = Number(retry_after);
    const wait = Number.isFinite(seconds)
      ? seconds * 1_000
      : (timeOf(retry_after) ?? clock_ms + UNTOLD_WAIT_MS) - clock_ms;
    return Math.max(0, wait) + MARGIN_MS;
  }
  const reset = Number(headers["x-ratelimit-reset"]);
  return spent && Number.isFinite(reset) ? Math.max(0, reset * 1_000 - clock_ms) + MARGIN_MS : UNTOLD_WAIT_MS;
}

function timeOf(http_date: string | number | undefined): number | undefined {
  const time = Date.parse(String(http_date));
  return Number.isNaN(time) ? undefined : time;
}
