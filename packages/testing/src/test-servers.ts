import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@infraskill/embedded/postgres";
import { startRedis } from "@infraskill/embedded/redis";
import { answersDocker } from "./docker-engine.ts";
import { postgres_settings, redis_databases } from "./server-settings.ts";

export interface TestServers {
  /** Of a user that may create databases. */
  readonly postgres_url: string;
  readonly redis_url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Postgres and a Redis that nobody else uses and that keep nothing: in containers where a Docker engine
 * answers, from local binaries otherwise, and also where the engine cannot get the images.
 */
export async function startTestServers(log: (message: string) => void): Promise<TestServers> {
  if (!(await answersDocker())) return await startLocalServers(log);
  try {
    // Only here: testcontainers takes half a second to load.
    const { startContainers } = await import("./containers.ts");
    return await startContainers(log);
  } catch (error) {
    log(`The Docker engine answers but cannot run Postgres and Redis (${String(error)}); using local binaries.`);
    return await startLocalServers(log);
  }
}

async function startLocalServers(log: (message: string) => void): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), "infraskill-test-"));
  const common = { log, stop_with_parent: true };
  const [postgres, redis] = await Promise.all([
    startPostgres({ ...common, data_dir: join(folder, "postgres"), settings: postgres_settings }),
    startRedis({ ...common, data_dir: join(folder, "redis"), settings: { databases: String(redis_databases) } }),
  ]);
  return {
    postgres_url: postgres.url,
    redis_url: redis.url,
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
