import { join } from "node:path";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { keepAsking } from "@infraskill/testing/keep-asking";
import { startServiceProcess } from "@infraskill/testing/service-process";
import { until } from "@infraskill/testing/until";
import { expect, it } from "vitest";
import { dead_url, service_token, tokenOf, webhook_secret } from "./support/gateway.ts";
import { startUpstream } from "./support/upstream.ts";

it("fails no request on SIGTERM under load: each is answered, by what it asked for or by 503", async () => {
  const registry = await startUpstream(registryEndpoints, service_token);
  registry.replies.authenticate = () => ({ body: { name: "ada", role: "admin" } });
  const env = {
    GATEWAY_PORT: "0",
    GATEWAY_HOST: "127.0.0.1",
    REGISTRY_URL: registry.url,
    REGISTRY_TOKEN: service_token,
    VALIDATOR_URL: dead_url,
    REDIS_URL: "redis://127.0.0.1:3",
    GITHUB_WEBHOOK_SECRET: webhook_secret,
    OIDC_ISSUER: dead_url,
  };
  const main = join(import.meta.dirname, "../src/main.ts");
  const gateway = await startServiceProcess(main, { env, listening: "Gateway listening" });
  try {
    const clients = keepAsking(`${gateway.url}/api/me`, { authorization: `Bearer ${tokenOf("admin")}` }, 16);
    await until(() => clients.asked() > 200, { what: "load" });
    const [code, outcomes] = await Promise.all([gateway.end("SIGTERM"), clients.ended]);
    expect(outcomes).toEqual({ 200: expect.any(Number) as number, 503: 16 });
    expect(code).toBe(0);
  } finally {
    gateway.kill();
    await registry.stop();
  }
});
