import type { JobPayload } from "@infraskill/contracts/queues";
import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { JobContext } from "@infraskill/platform/worker";
import { takeRevision, type TakenRevision } from "./revision-work.ts";
import type { Tools } from "./tools.ts";

/** What is done with a revision of one status; no event when the revision moved on meanwhile. */
export type RevisionHandler = {
  readonly status: RevisionStatus;
  readonly act: (taken: TakenRevision, tools: Tools, log: JobContext["log"]) => Promise<RevisionEvent | undefined>;
  /** Takes back what was done for a revision that had moved on to `now` when it was reported. */
  readonly takeBack?: (event: RevisionEvent, now: string, tools: Tools, log: JobContext["log"]) => Promise<void>;
};

/** Takes the revision a job names, acts as its status asks, and reports. Throws when the registry is out of reach: the job is then tried again. */
export async function handleRevision(
  handlers: readonly RevisionHandler[],
  payload: JobPayload,
  { log }: JobContext,
  tools: Tools,
): Promise<void> {
  const statuses = handlers.map(({ status }) => status);
  const taken = await takeRevision(tools, payload, statuses, log);
  const handler = handlers.find(({ status }) => status === taken?.work.status);
  if (taken === undefined || handler === undefined) return;
  const event = await handler.act(taken, tools, log);
  if (event === undefined) return;
  const { applied, status } = await taken.report(event);
  if (!applied) await handler.takeBack?.(event, status, tools, log);
}
