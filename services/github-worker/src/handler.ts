import type { JobPayload } from "@infraskill/contracts/queues";
import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { JobContext } from "@infraskill/platform/worker";
import { takeRevision, type TakenRevision } from "./revision-work.ts";
import type { Tools } from "./tools.ts";

/** What a queue does with a revision of one status; no event when the revision moved on meanwhile. */
export type RevisionHandler = {
  readonly status: RevisionStatus;
  readonly act: (taken: TakenRevision, tools: Tools, log: JobContext["log"]) => Promise<RevisionEvent | undefined>;
};

/** Takes the revision a job names, acts and reports. Throws when the registry is out of reach: the job is then tried again. */
export async function handleRevision(
  { status, act }: RevisionHandler,
  payload: JobPayload,
  { log }: JobContext,
  tools: Tools,
): Promise<void> {
  const taken = await takeRevision(tools, payload, status, log);
  if (taken === undefined) return;
  const event = await act(taken, tools, log);
  if (event !== undefined) await taken.report(event);
}
