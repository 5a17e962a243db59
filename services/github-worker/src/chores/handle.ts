import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import { type ChoreOutcome, type ChoreWork, type WorkerChore, workerChores } from "@infraskill/contracts/chores";
import type { JobPayload } from "@infraskill/contracts/queues";
import type { JobContext } from "@infraskill/platform/worker";
import type { Tools } from "../tools.ts";
import { checkDrift } from "./check-drift.ts";
import { readRateLimit } from "./read-rate-limit.ts";
import { redeliverWebhooks } from "./redeliver-webhooks.ts";

type Chore = (work: ChoreWork, tools: Tools) => Promise<ChoreOutcome>;

const acts: Readonly<Record<WorkerChore, Chore>> = {
  redeliver_webhooks: redeliverWebhooks,
  check_drift: checkDrift,
  read_rate_limit: readRateLimit,
};

/** Does the chore a job names and tells the registry what came of it. Every chore can be repeated. */
export async function handleChore({ id, version }: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const { registry, publisher } = tools;
  const name = workerChores.find((chore) => chore === id);
  const work = name === undefined ? undefined : bodyIfFound(await registry.choreWork({ params: { name } }));
  if (name === undefined || work?.version !== version) {
    log.debug({ chore: id }, "Chore has moved on");
    return;
  }
  const outcome = await acts[name](work, tools);
  const applied = bodyOf(await registry.reportChore({ params: { name }, body: { version, outcome } }));
  log.debug({ chore: name, outcome, applied: applied.applied }, "Chore reported");
  await publisher.publishAll(applied.jobs);
}
