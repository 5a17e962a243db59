import type { TestProject } from "vitest/node";
import { startTestServers } from "./test-servers.ts";

/** vitest's `globalSetup` of the projects `int` and `e2e`: servers for `createTestDatabase` and `testRedisUrl`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startTestServers((message) => console.log(message));
  project.provide("postgres_url", servers.postgres_url);
  project.provide("redis_url", servers.redis_url);
  return servers.stop;
}
