import type { Job } from "@infraskill/contracts/queues";

/** Where jobs go that became owed. Nobody waits for it: a job that is not published now is published by the sweeper. */
export type Outlet = {
  publish(jobs: readonly Job[]): void;
  /** Resolves once everything given so far was tried. */
  drain(): Promise<void>;
};

export function createOutlet(publisher: { publishAll(jobs: readonly Job[]): Promise<boolean> }): Outlet {
  const pending = new Set<Promise<boolean>>();
  return {
    publish(jobs) {
      if (jobs.length === 0) return;
      const sending = publisher.publishAll(jobs).finally(() => pending.delete(sending));
      pending.add(sending);
    },
    async drain() {
      await Promise.allSettled(pending);
    },
  };
}
