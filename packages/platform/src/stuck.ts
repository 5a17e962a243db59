/** What one process saw of one queue at one moment; `started` counts the jobs it has started since it began. */
export type QueueSight = { waiting: number; active_here: number; started: number };

/**
 * Tells whether a worker is stuck: jobs wait, none is being worked on here, and none was started for `limit_ms`.
 * Feed it a sight every few seconds, with the time in milliseconds.
 */
export function createStuckDetector(limit_ms: number): (now_ms: number, sight: QueueSight) => boolean {
  let idle_since: number | undefined;
  let started_before = 0;
  return (now_ms, { waiting, active_here, started }) => {
    const moving = waiting === 0 || active_here > 0 || started !== started_before;
    started_before = started;
    idle_since = moving ? undefined : (idle_since ?? now_ms);
    return idle_since !== undefined && now_ms - idle_since >= limit_ms;
  };
}
