import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Client, createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { until } from "@infraskill/testing/until";
import { Pool } from "pg";
import type { ServicePlan } from "../../start/system.ts";
import { narrowWebhook } from "../github-admin.ts";
import { prepareSkill } from "../prepare-skill.ts";
import { type ChaosSystem, startChaosSystem } from "../system.ts";
import type { Caller } from "./boundaries.ts";
import { trapEnvironment } from "./commit-trap.ts";
import { type KillProxy, startKillProxy, type Switchboard } from "./kill-proxy.ts";

/** A whole system of its own in which one cell after another is tried. */
export interface Lane {
  readonly system: ChaosSystem;
  readonly board: Switchboard;
  readonly api: Client<typeof publicEndpoints>;
  readonly db: Pool;
  readonly data_dir: string;
  /** The file the skill's effects are written to. */
  readonly ledger: string;
  /** Until every service is ready. */
  whenReady(): Promise<void>;
  stop(): Promise<void>;
}

const callers: readonly Caller[] = ["gateway", "validator", "github-worker", "executor"];
/** Production's windows, but for the look-up's 120 s. */
const env = { LOOK_UP_FOR_S: "12", LOCAL_GITHUB_STAND_IN: join(import.meta.dirname, "../light-runner.ts") };

export async function openLane(data_dir: string): Promise<Lane> {
  await mkdir(data_dir, { recursive: true });
  const board: Switchboard = { trap: undefined, onAnswer: undefined };
  const ways = await Promise.all(
    callers.map(async (caller) => ({
      caller,
      registry: await startKillProxy(caller, "registry", board),
      github: await startKillProxy(caller, "github", board),
    })),
  );
  let services: readonly ServicePlan[] = [];
  const adapt = (plan: readonly ServicePlan[]) => {
    services = plan.map((service) => {
      if (service.name === "skill-registry") return withEnv(service, trapEnvironment(data_dir));
      const way = ways.find(({ caller }) => caller === service.name);
      return way === undefined ? service : withEnv(service, { ...through(service, way.registry, way.github) });
    });
    return services;
  };
  const system = await startChaosSystem({ data_dir, variant: "whole", env, adapt });
  const { endpoints } = system;
  const db = new Pool({ connectionString: endpoints.database_url, max: 2 });
  db.on("error", () => undefined);
  const api = createClient(publicEndpoints, {
    base_url: endpoints.gateway_url,
    headers: { authorization: `Bearer ${endpoints.admin_token}` },
  });
  await narrowWebhook(endpoints);
  await prepareSkill(api, endpoints);
  return {
    system,
    board,
    api,
    db,
    data_dir,
    ledger: join(data_dir, "effects"),
    whenReady: async () => {
      const isReady = async ({ ready_url }: ServicePlan) => (await fetch(ready_url)).ok;
      const all = async () => (await Promise.all(services.map(isReady))).every(Boolean);
      await until(() => all().catch(() => false), { timeout_ms: 60_000, every_ms: 100, what: "every service ready" });
    },
    stop: async () => {
      await db.end();
      await system.stop();
      await Promise.all(ways.flatMap(({ registry, github }) => [registry.stop(), github.stop()]));
    },
  };
}

/** The service's own addresses, each led through a proxy. */
function through({ env: own }: ServicePlan, registry: KillProxy, github: KillProxy): Record<string, string> {
  const led: Record<string, string> = {};
  for (const [variable, proxy] of [["REGISTRY_URL", registry] as const, ["GITHUB_API_URL", github] as const]) {
    if (own[variable] === undefined) continue;
    const { origin, pathname } = new URL(own[variable]);
    proxy.aim(origin);
    led[variable] = proxy.url + (pathname === "/" ? "" : pathname);
  }
  return led;
}

function withEnv(service: ServicePlan, more: Readonly<Record<string, string>>): ServicePlan {
  return { ...service, env: { ...service.env, ...more } };
}
