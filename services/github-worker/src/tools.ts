import type { Client } from "@infraskill/client/client";
import type { QueueName } from "@infraskill/contracts/queues";
import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import type { Github } from "@infraskill/github/github";
import type { Publisher } from "@infraskill/platform/queue";

/** What the handlers work with; made once in service.ts. */
export type Tools = {
  readonly registry: Client<typeof registryEndpoints>;
  readonly validator: Pick<Client<typeof validatorEndpoints>, "validate">;
  readonly github: Github;
  readonly publisher: Pick<Publisher<QueueName>, "publishAll">;
};
