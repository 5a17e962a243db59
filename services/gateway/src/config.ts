import { fileURLToPath } from "node:url";
import { callbackModes } from "@infraskill/contracts/callback-mode";
import { flag, port, readConfig, secret, url } from "@infraskill/platform/config";
import { z } from "zod";

/** The gateway's environment variables. */
export const GatewayVariables = z
  .object({
    GATEWAY_PORT: port().default(3000).describe("where the gateway listens"),
    GATEWAY_HOST: z.string().default("0.0.0.0").describe("the address the gateway listens on"),
    REGISTRY_URL: url().describe("the skill-registry's private HTTP API"),
    REGISTRY_TOKEN: secret().describe("the services' shared token"),
    VALIDATOR_URL: url().describe("the validator's private HTTP API"),
    REDIS_URL: url(["redis:", "rediss:"]).describe("where jobs are published"),
    GITHUB_WEBHOOK_SECRET: secret().describe("what GitHub signs its webhooks with"),
    CALLBACK_MODE: z
      .enum(callbackModes)
      .default("oidc")
      .describe("how runs prove themselves: by OIDC token, or signed with a secret where GitHub has no OIDC"),
    OIDC_ISSUER: url().optional().describe("who signs the OIDC tokens of runs; needed with CALLBACK_MODE=oidc"),
    CALLBACK_SECRET: secret(32)
      .optional()
      .describe("the value of the Actions secret INFRASKILL_CALLBACK_SECRET; needed with CALLBACK_MODE=hmac"),
    CONSOLE_DIR: z
      .string()
      .default(fileURLToPath(new URL("../../console/dist", import.meta.url)))
      .describe("the built console; without it a small page stands at /"),
    OPS_WRITABLE: flag().default(false).describe("lets Bull Board change queues"),
  })
  .refine(({ CALLBACK_MODE, OIDC_ISSUER }) => CALLBACK_MODE !== "oidc" || OIDC_ISSUER !== undefined, {
    error: "OIDC_ISSUER is not set: who signs the OIDC tokens of runs",
    when: () => true,
  })
  .refine(({ CALLBACK_MODE, CALLBACK_SECRET }) => CALLBACK_MODE !== "hmac" || CALLBACK_SECRET !== undefined, {
    error: "CALLBACK_SECRET is not set: runs sign with it where CALLBACK_MODE is hmac",
    when: () => true,
  });
export type GatewayConfig = z.infer<typeof GatewayVariables>;

/** @throws {ConfigError} naming every variable that cannot be used */
export function readGatewayConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  return readConfig(GatewayVariables, env);
}
