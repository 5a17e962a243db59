import { GenericContainer, Wait, type StartedTestContainer } from "testcontainers";
import { postgres_settings, redis_databases } from "./server-settings.ts";
import type { TestServers } from "./test-servers.ts";

// The images of docker-compose.yml.
const postgres_image = "postgres:17";
const redis_image = "redis:8";

/**
 * Postgres and Redis as containers. They end with the test run: by `stop`, or, should the run be killed, by the helper
 * container of testcontainers where its image can be pulled.
 */
export async function startContainers(log: (message: string) => void): Promise<TestServers> {
  try {
    return await startBoth();
  } catch (error) {
    if (process.env.TESTCONTAINERS_RYUK_DISABLED === "true") throw error;
    log(`Trying again without the helper container of testcontainers (${String(error)}).`);
    process.env.TESTCONTAINERS_RYUK_DISABLED = "true";
    return await startBoth();
  }
}

async function startBoth(): Promise<TestServers> {
  const settings = Object.entries(postgres_settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const started = await Promise.allSettled([
    new GenericContainer(postgres_image)
      .withEnvironment({ POSTGRES_PASSWORD: "postgres" })
      .withTmpFs({ "/var/lib/postgresql/data": "rw" })
      .withCommand(["postgres", ...settings])
      .withExposedPorts(5432)
      // The image starts Postgres twice: first to initialise it.
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
      .start(),
    new GenericContainer(redis_image)
      .withCommand(["redis-server", "--databases", String(redis_databases), "--appendonly", "yes", "--save", ""])
      .withExposedPorts(6379)
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
      .start(),
  ]);
  const containers = started.filter((result) => result.status === "fulfilled").map((result) => result.value);
  const stop = async () => {
    await Promise.all(containers.map((container) => container.stop()));
  };
  const [postgres, redis] = containers;
  const failed = started.find((result) => result.status === "rejected");
  if (failed !== undefined || postgres === undefined || redis === undefined) {
    await stop();
    throw failed?.reason;
  }
  return {
    postgres_url: `postgres://postgres:postgres@${addressOf(postgres, 5432)}/postgres`,
    redis_url: `redis://${addressOf(redis, 6379)}`,
    stop,
  };
}

function addressOf(container: StartedTestContainer, port: number): string {
  return `${container.getHost()}:${container.getMappedPort(port)}`;
}
