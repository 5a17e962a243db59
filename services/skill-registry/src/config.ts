import { deadlines, type Deadlines } from "@infraskill/contracts/owed";
import { flag, integer, port, secret, url } from "@infraskill/platform/config";
import { z } from "zod";

const seconds = (name: keyof Deadlines) => integer({ min: 1, max: 2_592_000 }).default(deadlines[name] / 1_000);

export const Config = z.object({
  REGISTRY_HOST: z
    .string()
    .default("127.0.0.1")
    .describe("the address the registry listens on, on the private network"),
  REGISTRY_PORT: port().default(3002).describe("where the registry listens"),
  REGISTRY_TOKEN: secret().describe("the token the services show each other"),
  DATABASE_URL: url(["postgres:", "postgresql:"]).describe("postgres://user:password@host:port/database"),
  REDIS_URL: url(["redis:", "rediss:"]).describe("redis://host:port, for republishing owed jobs"),
  GITHUB_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "must be owner/name")
    .describe("owner/name of the repository that holds the skills"),
  ADMIN_TOKEN: secret(16).optional().describe("the first admin token"),
  MIGRATE: flag().default(true).describe("bring the database up to date at start"),
  SWEEP_EVERY_MS: integer({ min: 10, max: 60_000 }).default(1_000).describe("how often past-due jobs are looked for"),
  REPOSITORY_LIMIT: integer({ min: 1, max: 10_000 })
    .optional()
    .describe("executions at once at most, over all skills; more wait in the order they came. Without it: no limit"),
  DISPATCH_WITHIN_S: seconds("until_dispatched_ms").describe(
    "seconds from the request until GitHub must have taken it",
  ),
  LOOK_UP_FOR_S: seconds("look_up_ms").describe(
    "seconds a dispatch with an unknown answer is looked up before it is sent again",
  ),
  FINISH_WITHIN_S: seconds("until_finished_ms").describe(
    "seconds from the dispatch until the run must have ended; then it is cancelled on GitHub",
  ),
  CANCEL_WITHIN_S: seconds("until_cancelled_ms").describe("seconds infraskill waits for a cancelled run to end"),
  FORCE_CANCEL_AFTER_S: seconds("until_forced_ms").describe("seconds until a run that was asked to end is made to"),
  LOG_RETENTION_DAYS: integer({ min: 1, max: 36_500 })
    .default(90)
    .describe("days after an execution has ended for which the text of its logs is kept"),
  DELIVERY_RETENTION_DAYS: integer({ min: 7, max: 36_500 })
    .default(30)
    .describe("days for which webhooks and callbacks that were read are kept; those that failed stay"),
  IDEMPOTENCY_RETENTION_DAYS: integer({ min: 1, max: 36_500 })
    .default(30)
    .describe("days for which an idempotency key gets its first answer again"),
  TIME_SCALE: z.coerce
    .number()
    .min(0.001)
    .max(10)
    .default(1)
    .describe("multiplies every window and deadline; for tests"),
});
export type Config = z.infer<typeof Config>;

export function deadlinesOf(config: Config): Deadlines {
  return {
    until_dispatched_ms: config.DISPATCH_WITHIN_S * 1_000,
    look_up_ms: config.LOOK_UP_FOR_S * 1_000,
    until_finished_ms: config.FINISH_WITHIN_S * 1_000,
    until_cancelled_ms: config.CANCEL_WITHIN_S * 1_000,
    until_forced_ms: config.FORCE_CANCEL_AFTER_S * 1_000,
  };
}
