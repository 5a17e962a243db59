/** Wakes long polls when this process committed something; other registry processes' commits are found by looking every `look_every_ms`. */
export type Wake = { announce(): void; wait(limit_ms: number): Promise<void> };

export function createWake(look_every_ms = 1_000): Wake {
  let waiting = new Set<() => void>();
  return {
    announce() {
      const woken = waiting;
      waiting = new Set();
      for (const wake of woken) wake();
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
