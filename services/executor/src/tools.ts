import type { Client } from "@infraskill/client/client";
import type { QueueName } from "@infraskill/contracts/queues";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Github } from "@infraskill/github/github";
import type { Publisher } from "@infraskill/platform/queue";
import type { FindRun } from "./runs/find-run.ts";

/** What the handlers work with; made once in service.ts. */
export type Tools = {
  readonly registry: Client<typeof registryEndpoints>;
  readonly github: Github;
  readonly publisher: Pick<Publisher<QueueName>, "publishAll">;
  readonly findRun: FindRun;
  /** Where a run reports to. */
  readonly callback_url: string;
};
