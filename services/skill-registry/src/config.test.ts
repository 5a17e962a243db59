import { ConfigError, readConfig } from "@infraskill/platform/config";
import { expect, it } from "vitest";
import { Config } from "./config.ts";

const needed = {
  REGISTRY_TOKEN: "service-token",
  DATABASE_URL: "postgres://u:p@localhost/db",
  REDIS_URL: "redis://localhost",
  GITHUB_REPOSITORY: "acme/skills",
};
const s3 = {
  LOG_S3_BUCKET: "the-logs",
  LOG_S3_ACCESS_KEY_ID: "id",
  LOG_S3_SECRET_ACCESS_KEY: "secret",
};
const read = (variables: Record<string, string>) => readConfig(Config, { ...needed, ...variables });

it.each([
  [{}, "postgres"],
  [{ LOG_STORE: "files", LOG_DIR: "/var/lib/infraskill/logs" }, "files"],
  [{ LOG_STORE: "s3", ...s3 }, "s3"],
])("keeps logs with %j in %s", (variables, store) => {
  expect(read(variables).LOG_STORE).toBe(store);
});

it.each([
  [{ LOG_STORE: "files" }, ["LOG_DIR is not set"]],
  [{ LOG_STORE: "files", LOG_DIR: "logs" }, ["LOG_DIR must be a path from the root"]],
  [
    { LOG_STORE: "s3" },
    ["LOG_S3_BUCKET is not set", "LOG_S3_ACCESS_KEY_ID is not set", "LOG_S3_SECRET_ACCESS_KEY is not set"],
  ],
  [
    { LOG_S3_BUCKET: "the-logs", LOG_S3_ENDPOINT: "minio:9000" },
    ["LOG_S3_ENDPOINT must be a URL", "LOG_S3_ACCESS_KEY_ID is not set", "LOG_S3_SECRET_ACCESS_KEY is not set"],
  ],
  [{ LOG_STORE: "disk", LOG_S3_BUCKET: "../x" }, ["LOG_STORE must be", "LOG_S3_BUCKET must be the name of a bucket"]],
  [{ CANCEL_WITHIN_S: "60" }, ["FORCE_CANCEL_AFTER_S must be less than CANCEL_WITHIN_S"]],
  [
    { CANCEL_WITHIN_S: "60", FORCE_CANCEL_AFTER_S: "60", LOG_DIR: "logs" },
    ["FORCE_CANCEL_AFTER_S must be less", "LOG_DIR must be a path"],
  ],
])("names every fault of %j", (variables, faults) => {
  const refused = () => read(variables);
  expect(refused).toThrow(ConfigError);
  for (const fault of faults) expect(refused).toThrow(fault);
});
