import { resolve } from "node:path";
import { callbackModes } from "@infraskill/contracts/callback-mode";
import { ConfigError, port, readConfig, secret, url } from "@infraskill/platform/config";
import { log_levels } from "@infraskill/platform/logger";
import { z } from "zod";

/** The embedded start's own variables; the services have theirs. */
const StartVariables = z.object({
  INFRASKILL_DATA_DIR: z.string().default(".infraskill").describe("where the embedded start keeps its data"),
  GATEWAY_PORT: port().optional().describe("where the console and the API are"),
  LOCAL_GITHUB_PORT: port().optional().describe("where the local GitHub is"),
  DATABASE_URL: url(["postgres:", "postgresql:"]).optional().describe("a Postgres to use instead of starting one"),
  REDIS_URL: url(["redis:", "rediss:"]).optional().describe("a Redis to use instead of starting one"),
  LOG_LEVEL: z.enum(log_levels).optional().describe("the least severe lines that show"),
  ADMIN_TOKEN: secret(16).optional().describe("the first admin token"),
  REGISTRY_TOKEN: secret().optional().describe("the services' shared token"),
  GITHUB_WEBHOOK_SECRET: secret().optional().describe("what the local GitHub signs its webhooks with"),
  CALLBACK_MODE: z.enum(callbackModes).default("oidc").describe("how runs prove themselves"),
  CALLBACK_SECRET: secret(32).optional().describe("what runs sign with where CALLBACK_MODE is hmac"),
  LOCAL_GITHUB_TOKEN: secret().optional().describe("the token for the local GitHub"),
});

export interface StartOptions {
  readonly variables: z.infer<typeof StartVariables>;
  readonly data_dir: string;
  readonly help: boolean;
  readonly verbose: boolean;
  /** When the person gave the command, in ms since 1970. */
  readonly started_at: number;
}

/** @throws {ConfigError} naming every variable or argument that cannot be used */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv, root: string): StartOptions {
  const unknown = args.filter((argument) => !/^(?:--help|-h|--verbose|--started-at=\d+|--)$/.test(argument));
  if (unknown.length > 0) throw new ConfigError(unknown.map((argument) => `${argument} is not an option; see --help`));
  const variables = readConfig(StartVariables, env);
  const started_at = args.find((argument) => argument.startsWith("--started-at="))?.split("=")[1];
  return {
    variables,
    data_dir: resolve(root, variables.INFRASKILL_DATA_DIR),
    help: args.includes("--help") || args.includes("-h"),
    verbose: args.includes("--verbose"),
    started_at: started_at === undefined ? Date.now() : Number(started_at),
  };
}
