import { fileURLToPath } from "node:url";
import { flag, port, readConfig, secret, url } from "@infraskill/platform/config";
import { z } from "zod";

/** The gateway's environment variables. */
export const GatewayVariables = z.object({
  GATEWAY_PORT: port().default(3000).describe("where the gateway listens"),
  GATEWAY_HOST: z.string().default("0.0.0.0").describe("the address the gateway listens on"),
  REGISTRY_URL: url().describe("the skill-registry's private HTTP API"),
  REGISTRY_TOKEN: secret().describe("the services' shared token"),
  VALIDATOR_URL: url().describe("the validator's private HTTP API"),
  REDIS_URL: url(["redis:", "rediss:"]).describe("where jobs are published"),
  GITHUB_WEBHOOK_SECRET: secret().describe("what GitHub signs its webhooks with"),
  OIDC_ISSUER: url().describe("who signs the OIDC tokens of runs"),
  CONSOLE_DIR: z
    .string()
    .default(fileURLToPath(new URL("../../console/dist", import.meta.url)))
    .describe("the built console; without it a small page stands at /"),
  OPS_WRITABLE: flag().default(false).describe("lets Bull Board change queues"),
});
export type GatewayConfig = z.infer<typeof GatewayVariables>;

/** @throws {ConfigError} naming every variable that cannot be used */
export function readGatewayConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  return readConfig(GatewayVariables, env);
}
