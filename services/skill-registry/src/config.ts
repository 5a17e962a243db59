import { deadlines, type Deadlines } from "@infraskill/contracts/owed";
import { flag, integer, port, secret, url } from "@infraskill/platform/config";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { storeKinds } from "./logs/stores/log-store.ts";

const seconds = (name: keyof Deadlines) => integer({ min: 1, max: 2_592_000 }).default(deadlines[name] / 1_000);

const ConfigShape = z.object({
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
    "seconds from when an execution may run (the request, or its slot of a limit) until GitHub must have taken it",
  ),
  LOOK_UP_FOR_S: seconds("look_up_ms").describe(
    "seconds a dispatch with an unknown answer is looked up before it is sent again",
  ),
  FINISH_WITHIN_S: seconds("until_finished_ms").describe(
    "seconds from the dispatch until the run must have ended; then it is cancelled on GitHub",
  ),
  CANCEL_WITHIN_S: seconds("until_cancelled_ms").describe("seconds infraskill waits for a cancelled run to end"),
  FORCE_CANCEL_AFTER_S: seconds("until_forced_ms").describe("seconds until a run that was asked to end is made to"),
  LOG_STORE: z
    .enum(storeKinds)
    .default(storeKinds[0])
    .describe("where the text of new logs is kept: postgres, files (LOG_DIR) or s3 (LOG_S3_BUCKET)"),
  LOG_DIR: z
    .string()
    .refine(isAbsolute, "must be a path from the root")
    .optional()
    .describe("the folder that keeps logs; it must be there, and be the same for every registry process"),
  LOG_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket")
    .optional()
    .describe("the bucket that keeps logs"),
  LOG_S3_ENDPOINT: url()
    .optional()
    .describe("where the S3-compatible storage listens, such as http://minio:9000. Without it: AWS, in the region"),
  LOG_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "must be the name of a region")
    .default("us-east-1")
    .describe("the bucket's region"),
  LOG_S3_ACCESS_KEY_ID: z.string().optional().describe("the id of the key that may list, read, write and delete there"),
  LOG_S3_SECRET_ACCESS_KEY: secret(1).optional().describe("the secret of that key"),
  LOG_S3_PATH_STYLE: flag()
    .optional()
    .describe(
      "the bucket in the path instead of the host's name, as MinIO has it; true where LOG_S3_ENDPOINT is set unless told",
    ),
  LOG_RETENTION_DAYS: integer({ min: 1, max: 36_500 })
    .default(90)
    .describe("days after an execution has ended for which the text of its logs is kept"),
  DELIVERY_RETENTION_DAYS: integer({ min: 7, max: 36_500 })
    .default(30)
    .describe("days for which webhooks and callbacks that were read are kept"),
  FAILED_DELIVERY_RETENTION_DAYS: integer({ min: 7, max: 36_500 })
    .default(180)
    .describe("days for which those that failed are kept, to be replayed; never fewer than DELIVERY_RETENTION_DAYS"),
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
type Shape = z.infer<typeof ConfigShape>;
const needs = (name: keyof Shape & `LOG_${string}`, why: string, when: (config: Shape) => boolean) =>
  [
    (config: Shape) => !when(config) || config[name] !== undefined,
    { error: `${name} is not set: ${why}`, when: () => true },
  ] as const;
const usesS3 = ({ LOG_STORE, LOG_S3_BUCKET }: Shape) => LOG_STORE === "s3" || LOG_S3_BUCKET !== undefined;

export const Config = ConfigShape.refine(
  ...needs("LOG_DIR", "the folder for the logs, needed with LOG_STORE=files", ({ LOG_STORE }) => LOG_STORE === "files"),
)
  .refine(...needs("LOG_S3_BUCKET", "the bucket for the logs, needed with LOG_STORE=s3", usesS3))
  .refine(...needs("LOG_S3_ACCESS_KEY_ID", "the id of the key to the bucket of the logs", usesS3))
  .refine(...needs("LOG_S3_SECRET_ACCESS_KEY", "the secret of the key to the bucket of the logs", usesS3))
  .refine(({ FORCE_CANCEL_AFTER_S, CANCEL_WITHIN_S }) => !(FORCE_CANCEL_AFTER_S >= CANCEL_WITHIN_S), {
    error: "FORCE_CANCEL_AFTER_S must be less than CANCEL_WITHIN_S: else no run is ever made to end",
    when: () => true,
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
