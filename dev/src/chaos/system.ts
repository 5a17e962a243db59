import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@infraskill/embedded/free-port";
import { EmbeddedSystem } from "../start/embedded-system.ts";
import { readEndpoints, type SystemEndpoints } from "../start/endpoints-file.ts";
import { readOptions } from "../start/options.ts";
import { planServices, type ServicePlan } from "../start/system.ts";
import { nodeOptions, type Variant } from "./variants.ts";

export interface ChaosSystem {
  readonly endpoints: SystemEndpoints;
  /** What everybody said, for looking into a failure. */
  readonly log_file: string;
  /** The processes that serve queues. */
  readonly workers: readonly string[];
  /** Undefined while it is down. */
  pidOf(name: string): number | undefined;
  stop(): Promise<void>;
}

export interface ChaosSystemOptions {
  readonly data_dir: string;
  readonly variant: Variant;
  /** How the runs reach the gateway. */
  readonly public_url: string;
  /** Multiplies the registry's windows, so that what takes minutes in production is seen in a soak. */
  readonly time_scale: number;
}

/** Two of each: killed in turns, one of them is always at work, and two of them meet over the same rows. */
const doubled = ["executor", "github-worker"];
const root = join(import.meta.dirname, "../../..");

/** The embedded system with a second executor and github-worker, in child processes of this one. */
export async function startChaosSystem(options: ChaosSystemOptions): Promise<ChaosSystem> {
  const { data_dir, variant, public_url, time_scale } = options;
  const env = {
    ...process.env,
    INFRASKILL_DATA_DIR: data_dir,
    GATEWAY_PORT: "0",
    LOCAL_GITHUB_PORT: "0",
    TIME_SCALE: String(time_scale),
    LOCAL_GITHUB_RATE_LIMIT: "1000000",
    // Jobs that wait for an answer hold up nobody else.
    LOCAL_GITHUB_RUNNERS: "32",
    NODE_OPTIONS: nodeOptions(variant),
  };
  const log_file = join(data_dir, "soak.log");
  const health_ports = await Promise.all(doubled.map(freePort));
  const plan: typeof planServices = (...given) => addSeconds(planServices(...given), health_ports, public_url);
  const system = new EmbeddedSystem(readOptions([], { ...env, LOG_LEVEL: "info" }, root), {
    root,
    env,
    colour: false,
    print: (text) => appendFileSync(log_file, `${text}\n`),
    plan,
  });
  try {
    const endpoints = await system.start();
    return {
      endpoints,
      log_file,
      workers: ["validator", ...doubled.flatMap((name) => [name, `${name}-2`])],
      pidOf: (name) => readEndpoints(data_dir)?.processes[name],
      stop: () => system.stop(),
    };
  } catch (error) {
    await system.stop();
    throw error;
  }
}

function addSeconds(plan: ServicePlan[], health_ports: readonly number[], public_url: string): ServicePlan[] {
  const own = plan.map((service) =>
    "PUBLIC_URL" in service.env ? { ...service, env: { ...service.env, PUBLIC_URL: public_url } } : service,
  );
  const seconds = doubled.flatMap((name, index): ServicePlan[] => {
    const first = own.find((service) => service.name === name);
    if (first === undefined) return [];
    const port = String(health_ports[index]);
    return [
      {
        ...first,
        name: `${name}-2`,
        ready_url: `http://127.0.0.1:${port}/readyz`,
        env: { ...first.env, HEALTH_PORT: port },
      },
    ];
  });
  return [...own, ...seconds];
}
