import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    postgres_url: string;
    redis_url: string;
  }
}

/** The test run's Postgres, as a user that may create databases. Only in the projects `int` and `e2e`. */
export function providedPostgresUrl(): string {
  return inject("postgres_url");
}

/** The test run's Redis, without a database number. Only in the projects `int` and `e2e`. */
export function providedRedisUrl(): string {
  return inject("redis_url");
}
