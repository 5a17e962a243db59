import type { HealthChecks } from "@infraskill/platform/health";
import type { Config } from "../../config.ts";
import type { Db } from "../../database/connect.ts";
import { createFileStore } from "./file-store.ts";
import type { LogStore, StoreKind } from "./log-store.ts";
import { createPostgresStore } from "./postgres-store.ts";
import { createS3Store } from "./s3-store.ts";

export type LogStores = {
  /** Where new texts go. */
  readonly into: StoreKind;
  /** All that are configured: what was kept before a change stays readable. */
  readonly by_kind: { readonly [kind in StoreKind]?: LogStore };
};

export function createLogStores(config: Config, db: Db): LogStores {
  const { LOG_DIR, LOG_S3_BUCKET, LOG_S3_ACCESS_KEY_ID, LOG_S3_SECRET_ACCESS_KEY } = config;
  const has_s3 =
    LOG_S3_BUCKET !== undefined && LOG_S3_ACCESS_KEY_ID !== undefined && LOG_S3_SECRET_ACCESS_KEY !== undefined;
  const s3 = has_s3 && {
    endpoint: config.LOG_S3_ENDPOINT ?? `https://s3.${config.LOG_S3_REGION}.amazonaws.com`,
    bucket: LOG_S3_BUCKET,
    region: config.LOG_S3_REGION,
    access_key_id: LOG_S3_ACCESS_KEY_ID,
    secret_access_key: LOG_S3_SECRET_ACCESS_KEY,
    path_style: config.LOG_S3_PATH_STYLE ?? config.LOG_S3_ENDPOINT !== undefined,
  };
  return {
    into: config.LOG_STORE,
    by_kind: {
      postgres: createPostgresStore(db),
      ...(LOG_DIR === undefined ? {} : { files: createFileStore(LOG_DIR) }),
      ...(s3 === false ? {} : { s3: createS3Store(s3) }),
    },
  };
}

/** Whether the storages beside Postgres can be used: without one the registry works, but for the logs in it. */
export function logChecks({ by_kind: { files, s3 } }: LogStores): HealthChecks {
  return {
    ...(files === undefined ? {} : { log_files: { needed: false, check: (signal) => files.check(signal) } }),
    ...(s3 === undefined ? {} : { log_s3: { needed: false, check: (signal) => s3.check(signal) } }),
  };
}
