import { join } from "node:path";
import { keepAsking } from "@infraskill/testing/keep-asking";
import { startServiceProcess } from "@infraskill/testing/service-process";
import { createTestDatabase } from "@infraskill/testing/test-database";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { expect, it } from "vitest";
import { migrate } from "../src/database/migrate.ts";

it("fails no request on SIGTERM under load: each is answered, by what it asked for or by 503", async () => {
  const database = await createTestDatabase({ template: "registry", migrate });
  const env = {
    REGISTRY_HOST: "127.0.0.1",
    REGISTRY_PORT: "0",
    REGISTRY_TOKEN: "service-token",
    DATABASE_URL: database.url,
    REDIS_URL: await testRedisUrl(),
    GITHUB_REPOSITORY: "acme/skills",
  };
  const main = join(import.meta.dirname, "../src/main.ts");
  const registry = await startServiceProcess(main, { env, listening: "Registry listening" });
  try {
    await until(async () => (await fetch(`${registry.url}/readyz`)).ok, { what: "a ready registry" });
    const clients = keepAsking(`${registry.url}/internal/executions`, { authorization: "Bearer service-token" }, 16);
    await until(() => clients.asked() > 200, { what: "load" });
    const [code, outcomes] = await Promise.all([registry.end("SIGTERM"), clients.ended]);
    expect(outcomes).toEqual({ 200: expect.any(Number) as number, 503: 16 });
    expect(code).toBe(0);
  } finally {
    registry.kill();
    await database.drop();
  }
});
