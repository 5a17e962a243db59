import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Client, createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { freePort } from "@infraskill/embedded/free-port";
import type { LocalServer } from "@infraskill/embedded/launch";
import { startPostgres } from "@infraskill/embedded/postgres";
import { startRedis } from "@infraskill/embedded/redis";
import type { Health } from "@infraskill/platform/health";
import { prepareSecrets } from "../src/start/secrets.ts";
import { supervise, type Supervised } from "../src/start/supervise.ts";
import { planServices, serviceEnvironment, type ServicePlan } from "../src/start/system.ts";

const root = join(import.meta.dirname, "../..");

export type ServerName = "postgres" | "redis" | "github";

/** Every service as a process of its own, and what they need only when it is asked for. */
export interface ServicesAlone {
  readonly api: Client<typeof publicEndpoints>;
  readonly redis_url: string;
  /** Deaths of services nobody asked for. */
  readonly deaths: readonly string[];
  /** What everybody said, for looking into a failure. */
  readonly lines: readonly string[];
  bringUp(server: ServerName): Promise<void>;
  isAlive(service: string): Promise<boolean>;
  readiness(service: string): Promise<{ readonly status: number; readonly health: Health }>;
  stop(): Promise<void>;
}

/** Data of an earlier one in the same folder is found again. */
export async function startServicesAlone(data_dir: string): Promise<ServicesAlone> {
  mkdirSync(data_dir, { recursive: true });
  const secrets = prepareSecrets(data_dir, {});
  const [database_url, startDatabase] = await postgresLater(join(data_dir, "postgres"));
  const redis_port = await freePort();
  const redis_url = `redis://127.0.0.1:${redis_port}`;
  const addresses = {
    gateway_port: await freePort(),
    github_port: await freePort(),
    registry_port: await freePort(),
    validator_port: await freePort(),
    github_worker_health_port: await freePort(),
    executor_health_port: await freePort(),
    database_url,
    redis_url,
  };
  const plans = planServices(addresses, secrets, data_dir);
  const planOf = (name: string) => plans.find((plan) => plan.name === name)!;

  const lines: string[] = [];
  const deaths: string[] = [];
  const servers: LocalServer[] = [];
  const run = (plan: ServicePlan) => supervise(programOf(plan, plans), events);
  const events = {
    onLine: (name: string, line: string) => void lines.push(`${name}: ${line}`),
    onStart: () => undefined,
    onEnd: (name: string, how: string) => void deaths.push(`${name} ${how}`),
  };
  const processes: Supervised[] = plans.filter(({ name }) => name !== "local-github").map(run);
  const bringUp: Record<ServerName, () => Promise<unknown>> = {
    postgres: async () => servers.push(await startDatabase()),
    redis: async () =>
      servers.push(await startRedis({ data_dir: join(data_dir, "redis"), port: redis_port, ...surroundings })),
    github: async () => processes.push(run(planOf("local-github"))),
  };

  const ask = (name: string, path: string) =>
    fetch(planOf(name).ready_url.replace("/readyz", path), { signal: AbortSignal.timeout(2_000) });
  return {
    api: createClient(publicEndpoints, {
      base_url: `http://127.0.0.1:${addresses.gateway_port}`,
      headers: { authorization: `Bearer ${secrets.admin_token}` },
    }),
    redis_url,
    deaths,
    lines,
    bringUp: async (server) => void (await bringUp[server]()),
    isAlive: async (name) => (await ask(name, "/livez")).status === 200,
    readiness: async (name) => {
      const answer = await ask(name, "/readyz");
      return { status: answer.status, health: (await answer.json()) as Health };
    },
    stop: async () => {
      await Promise.all(processes.map((one) => one.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

const surroundings = { log: () => undefined, stop_with_parent: true };

/** Its address holds a password that its first start makes: it is started once, stopped, and can be started there again. */
async function postgresLater(data_dir: string): Promise<[url: string, start: () => Promise<LocalServer>]> {
  const once = await startPostgres({ data_dir, ...surroundings });
  await once.stop();
  return [once.url, () => startPostgres({ data_dir, port: once.port, ...surroundings })];
}

function programOf(plan: ServicePlan, plans: readonly ServicePlan[]) {
  // What Redis could not take is published again five times as early.
  const common = {
    LOG_LEVEL: "info",
    TIME_SCALE: "0.2",
    NODE_COMPILE_CACHE: join(root, ".infraskill/compile-cache"),
  };
  const env = serviceEnvironment(plan, plans, process.env, common);
  return { name: plan.name, command: process.execPath, args: [plan.main], cwd: root, env };
}
