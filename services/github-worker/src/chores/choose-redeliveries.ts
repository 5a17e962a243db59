/** A delivery GitHub could not make, as its lists have it (https://docs.github.com/rest/repos/webhooks). Every attempt is one of its own, with the same `guid`. */
export type FailedDelivery = {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status_code: number;
};

/** GitHub sends again what is younger. */
export const redeliverable_ms = 3 * 86_400_000;
const most_attempts = 9;
/** After the second failure in a row; it doubles with every further one. The first is asked for at once. */
const wait_ms = 30_000;
/** Per look, oldest first: the rest comes with the next ones. */
const at_once = 50;

/** Which deliveries to ask for again, at most one attempt of each. Those that fail again and again are asked for less and less, and then no more. */
export function chooseRedeliveries(failed: readonly FailedDelivery[], now_ms: number): FailedDelivery[] {
  const by_guid = Map.groupBy(failed.filter(isFailure), ({ guid }) => guid);
  return [...by_guid.values()]
    .flatMap((attempts) => {
      const newest = attempts.reduce((a, b) => (timeOf(a) >= timeOf(b) ? a : b));
      const age_ms = now_ms - timeOf(newest);
      const asked = attempts.length - 1;
      const pause_ms = asked === 0 ? 0 : wait_ms * 2 ** (asked - 1);
      return attempts.length < most_attempts && age_ms >= pause_ms && age_ms < redeliverable_ms ? [newest] : [];
    })
    .sort((a, b) => timeOf(a) - timeOf(b))
    .slice(0, at_once);
}

/** Older servers do not know the filter and list successes, too. 0 is no answer at all. */
function isFailure({ status_code }: FailedDelivery): boolean {
  return status_code < 200 || status_code >= 300;
}

function timeOf({ delivered_at }: FailedDelivery): number {
  return Date.parse(delivered_at);
}
