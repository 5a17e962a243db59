import { join } from "node:path";
import { type CallbackMode, callbackSecretName } from "@infraskill/contracts/callback-mode";
import type { Secrets } from "./secrets.ts";

/** The repository of skills on the local GitHub. */
export const repository = "local/skills";

/** What every process of the system is told about the others. */
export interface Addresses {
  readonly gateway_port: number;
  readonly github_port: number;
  readonly registry_port: number;
  readonly validator_port: number;
  readonly github_worker_health_port: number;
  readonly executor_health_port: number;
  readonly database_url: string;
  readonly redis_url: string;
}

export interface ServicePlan {
  readonly name: string;
  /** The file Node runs, from the root of the clone. */
  readonly main: string;
  /** V8's semi-space, in MB: where objects are young. Little keeps memory small, much keeps collections rare. */
  readonly young_mb: 8 | 16;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when the service can do its work. */
  readonly ready_url: string;
  /** Services of a lower stage are stopped first; Postgres and Redis have `server_stage`. */
  readonly stage: number;
}

export const server_stage = 3;

/** Every service of the embedded default, with the variables that only it is given. */
export function planServices(
  addresses: Addresses,
  secrets: Secrets,
  data_dir: string,
  callback_mode: CallbackMode = "oidc",
): ServicePlan[] {
  const loopback = "127.0.0.1";
  const at = (port: number) => `http://${loopback}:${port}`;
  const github_url = at(addresses.github_port);
  const registry = { REGISTRY_URL: at(addresses.registry_port), REGISTRY_TOKEN: secrets.registry_token };
  const redis = { REDIS_URL: addresses.redis_url };
  const validator = { VALIDATOR_URL: at(addresses.validator_port) };
  const oidc = { OIDC_ISSUER: `${github_url}/_services/token` };
  const mode = { CALLBACK_MODE: callback_mode };
  const signs = callback_mode === "hmac";
  const public_url = { PUBLIC_URL: at(addresses.gateway_port) };
  const github = {
    GITHUB_API_URL: `${github_url}/api/v3`,
    GITHUB_REPOSITORY: repository,
    GITHUB_TOKEN: secrets.github_token,
  };
  return [
    {
      name: "skill-registry",
      main: "services/skill-registry/src/main.ts",
      young_mb: 16,
      stage: 2,
      ready_url: `${at(addresses.registry_port)}/readyz`,
      env: {
        REGISTRY_HOST: loopback,
        REGISTRY_PORT: String(addresses.registry_port),
        REGISTRY_TOKEN: secrets.registry_token,
        DATABASE_URL: addresses.database_url,
        GITHUB_REPOSITORY: repository,
        ADMIN_TOKEN: secrets.admin_token,
        MIGRATE: "true",
        ...redis,
        ...public_url,
      },
    },
    {
      name: "local-github",
      main: "packages/local-github/src/main.ts",
      young_mb: 16,
      stage: 2,
      ready_url: `${github_url}/_services/token/.well-known/openid-configuration`,
      env: {
        LOCAL_GITHUB_HOST: loopback,
        LOCAL_GITHUB_PORT: String(addresses.github_port),
        LOCAL_GITHUB_DATA_DIR: join(data_dir, "local-github"),
        LOCAL_GITHUB_TOKEN: secrets.github_token,
        LOCAL_GITHUB_REPOSITORY: repository,
        LOCAL_GITHUB_WEBHOOK_URL: `${at(addresses.gateway_port)}/webhooks/github`,
        LOCAL_GITHUB_WEBHOOK_SECRET: secrets.webhook_secret,
        ...(signs ? { [`LOCAL_GITHUB_SECRET_${callbackSecretName}`]: secrets.callback_secret } : {}),
      },
    },
    {
      name: "gateway",
      main: "services/gateway/src/main.ts",
      young_mb: 16,
      stage: 1,
      ready_url: `${at(addresses.gateway_port)}/readyz`,
      env: {
        GATEWAY_HOST: loopback,
        GATEWAY_PORT: String(addresses.gateway_port),
        GITHUB_WEBHOOK_SECRET: secrets.webhook_secret,
        GITHUB_REPOSITORY: repository,
        ADMIN_TOKEN: secrets.admin_token,
        CALLBACK_SECRET: signs ? secrets.callback_secret : "",
        ...mode,
        ...registry,
        ...redis,
        ...validator,
        ...oidc,
        ...public_url,
      },
    },
    {
      name: "validator",
      main: "services/validator/src/main.ts",
      young_mb: 8,
      stage: 1,
      ready_url: `${at(addresses.validator_port)}/readyz`,
      env: {
        VALIDATOR_HOST: loopback,
        VALIDATOR_PORT: String(addresses.validator_port),
        HEALTH_PORT: "0",
        ...mode,
        ...registry,
        ...redis,
      },
    },
    {
      name: "github-worker",
      main: "services/github-worker/src/main.ts",
      young_mb: 8,
      stage: 1,
      ready_url: `${at(addresses.github_worker_health_port)}/readyz`,
      env: {
        HEALTH_HOST: loopback,
        HEALTH_PORT: String(addresses.github_worker_health_port),
        GITHUB_WEBHOOK_SECRET: secrets.webhook_secret,
        ...registry,
        ...redis,
        ...validator,
        ...github,
        ...public_url,
      },
    },
    {
      name: "executor",
      main: "services/executor/src/main.ts",
      young_mb: 8,
      stage: 1,
      ready_url: `${at(addresses.executor_health_port)}/readyz`,
      env: {
        HEALTH_HOST: loopback,
        HEALTH_PORT: String(addresses.executor_health_port),
        ...registry,
        ...redis,
        ...github,
        ...oidc,
        ...public_url,
      },
    },
  ];
}

/**
 * The environment of one service: the caller's, so that PATH, HOME, proxies and tuning variables reach it, without the
 * variables meant for other services, of which the credentials are nobody else's business.
 */
export function serviceEnvironment(
  plan: ServicePlan,
  plans: readonly ServicePlan[],
  caller: NodeJS.ProcessEnv,
  common: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const assigned = new Set(plans.flatMap((one) => Object.keys(one.env)));
  const inherited = Object.entries(caller).filter(([name]) => !assigned.has(name));
  return { ...Object.fromEntries(inherited), ...common, ...plan.env };
}
