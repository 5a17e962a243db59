import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import type { JobPayload } from "@infraskill/contracts/queues";
import type { RevisionWork } from "@infraskill/contracts/registry/work";
import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { Log } from "@infraskill/platform/logger";
import type { Tools } from "./tools.ts";

/** A revision as a job found it. */
export type TakenRevision = {
  readonly work: RevisionWork;
  /** Whether it still stands as it was read; asked again when that was more than 2 s ago. To be called right before each outside effect. */
  readonly stillOwed: () => Promise<boolean>;
  /** Tells the registry what happened and publishes what is owed now. That the row has moved on meanwhile is a normal outcome: it answers where the row stands then. */
  readonly report: (event: RevisionEvent) => Promise<{ applied: boolean; status: string }>;
};

const FRESH_MS = 2_000;

/** Reads the revision a job names; undefined when it has moved on since the job was published. */
export async function takeRevision(
  { registry, publisher }: Tools,
  { id, version }: JobPayload,
  statuses: readonly RevisionStatus[],
  log: Log,
): Promise<TakenRevision | undefined> {
  const read = async () => {
    const work = bodyIfFound(await registry.revisionWork({ params: { id } }));
    return work?.version === version && statuses.includes(work.status) ? work : undefined;
  };
  const work = await read();
  if (work === undefined) {
    log.debug({ revision_id: id }, "Revision has moved on");
    return undefined;
  }
  let seen_at = performance.now();
  return {
    work,
    async stillOwed() {
      if (performance.now() - seen_at < FRESH_MS) return true;
      const owed = (await read()) !== undefined;
      seen_at = performance.now();
      return owed;
    },
    async report(event) {
      const applied = bodyOf(await registry.reportRevision({ params: { id }, body: { version, event } }));
      log.debug({ revision_id: id, event: event.type, applied: applied.applied }, "Revision reported");
      await publisher.publishAll(applied.jobs);
      return applied;
    },
  };
}
