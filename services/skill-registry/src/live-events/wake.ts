/** Wakes long polls when this process committed something; other registry processes' commits are found by looking every `look_every_ms`. */
export type Wake = { announce(): void; wait(limit_ms: number): Promise<void> };

/** What was committed is answered and dispatched first: nobody sees that its event comes this much later, and what else happens meanwhile comes with it. */
const after_ms = 20;

export function createWake(look_every_ms = 1_000): Wake {
  let waiting = new Set<() => void>();
  let waking: NodeJS.Timeout | undefined;
  function wakeAll() {
    waking = undefined;
    const woken = waiting;
    waiting = new Set();
    for (const wake of woken) wake();
  }
  return {
    announce() {
      waking ??= setTimeout(wakeAll, after_ms);
    },
    wait(limit_ms) {
      return new Promise((resolve) => {
        const timer = setTimeout(done, Math.min(limit_ms, look_every_ms));
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    },
  };
}
