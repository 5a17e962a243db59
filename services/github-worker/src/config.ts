import { credentialMissing, githubVariables, hasCredential } from "@infraskill/github/variables";
import { integer, list, port, secret, url } from "@infraskill/platform/config";
import { z } from "zod";

export const ownQueues = ["pull-requests", "pull-request-watch", "deliveries", "activation", "chores"] as const;

/** Every variable the github-worker reads. */
export const Config = z
  .object({
    REGISTRY_URL: url().describe("where the skill-registry listens"),
    REGISTRY_TOKEN: secret().describe("the credential between the services"),
    VALIDATOR_URL: url().describe("where the validator listens"),
    REDIS_URL: url(["redis:", "rediss:"]).describe("the Redis that holds the queues"),
    ...githubVariables,
    QUEUES: list(ownQueues)
      .default([...ownQueues])
      .describe("the queues this process serves, separated by commas"),
    CONCURRENCY: integer({ min: 1, max: 1_000 }).optional().describe("jobs at a time, for each queue"),
    HEALTH_HOST: z.string().default("0.0.0.0").describe("the address /livez, /readyz and /metrics listen on"),
    HEALTH_PORT: port().default(0).describe("where /livez, /readyz and /metrics listen; 0: any free port"),
  })
  .refine(hasCredential, { error: credentialMissing, when: () => true });
export type Config = z.infer<typeof Config>;
