import { flag, integer, port, secret, url } from "@infraskill/platform/config";
import { z } from "zod";

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
  TIME_SCALE: z.coerce
    .number()
    .min(0.001)
    .max(10)
    .default(1)
    .describe("multiplies every window and deadline; for tests"),
});
export type Config = z.infer<typeof Config>;
