import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import { type Role, roles } from "@infraskill/contracts/actor";
import { createLogger } from "@infraskill/platform/logger";
import { hashToken } from "../../src/access/token.ts";
import { type GatewayConfig, readGatewayConfig } from "../../src/config.ts";
import { type Gateway, start } from "../../src/service.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

export const webhook_secret = "It's a Secret to Everybody";
export const service_token = "service-token-of-the-tests";
/** Nothing listens there. */
export const dead_url = "http://127.0.0.1:3";

export function tokenOf(role: Role): string {
  return `isk_${role.padEnd(43, "x")}`;
}

export type TestGateway = Gateway & {
  registry: Upstream<typeof registryEndpoints>;
  validator: Upstream<typeof validatorEndpoints>;
  logged: string[];
  /** A call with JSON in and the credential of a role, the admin's unless told. */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Response>;
};
export type CallOptions = { as?: Role | undefined; headers?: Record<string, string> };

/** A gateway that listens, between a registry that knows one token per role and a validator. */
export async function startTestGateway(change: Partial<GatewayConfig> = {}): Promise<TestGateway> {
  const registry = await startUpstream(registryEndpoints, service_token);
  const validator = await startUpstream(validatorEndpoints, service_token);
  const by_hash = new Map(roles.map((role) => [hashToken(tokenOf(role)), { name: `the ${role}`, role }]));
  const knowTokens: NonNullable<typeof registry.replies.authenticate> = ({ body }) => {
    const actor = by_hash.get(body.token_hash);
    return actor === undefined ? { problem: "not_found" } : { body: actor };
  };
  registry.replies = {
    authenticate: knowTokens,
    liveEvents: async ({ query }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.min(Number(query?.wait_ms ?? 0), 100)));
      return { body: { items: [], last_id: Number(query?.after ?? 0) } };
    },
  };
  const logged: string[] = [];
  const config = readGatewayConfig({
    GATEWAY_PORT: "0",
    GATEWAY_HOST: "127.0.0.1",
    REGISTRY_URL: registry.url,
    REGISTRY_TOKEN: service_token,
    VALIDATOR_URL: validator.url,
    REDIS_URL: "redis://127.0.0.1:3",
    GITHUB_WEBHOOK_SECRET: webhook_secret,
    OIDC_ISSUER: dead_url,
    CONSOLE_DIR: "/nonexistent",
  });
  const log = createLogger({ service: "gateway", level: "debug", to: { write: (line) => void logged.push(line) } });
  const gateway = await start({ ...config, ...change }, log);
  return {
    ...gateway,
    registry,
    validator,
    logged,
    call: (method, path, body, { as = "admin", headers = {} } = {}) =>
      fetch(gateway.url + path, {
        method,
        headers: {
          authorization: `Bearer ${tokenOf(as)}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async stop() {
      await gateway.stop();
      await Promise.all([registry.stop(), validator.stop()]);
    },
  };
}
