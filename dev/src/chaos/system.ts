import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorText } from "@infraskill/platform/error-text";
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
  /** More variables for every service. */
  readonly env: Readonly<Record<string, string>>;
  /** Changes what is started; by default every service of infraskill is. */
  readonly adapt?: (services: readonly ServicePlan[]) => readonly ServicePlan[];
}

const root = join(import.meta.dirname, "../../..");

/** The embedded system in child processes of this one. */
export async function startChaosSystem(options: ChaosSystemOptions): Promise<ChaosSystem> {
  const { data_dir, variant, adapt } = options;
  const env = {
    ...process.env,
    INFRASKILL_DATA_DIR: data_dir,
    GATEWAY_PORT: "0",
    LOCAL_GITHUB_PORT: "0",
    LOCAL_GITHUB_RATE_LIMIT: "1000000",
    NODE_OPTIONS: nodeOptions(variant),
    ...options.env,
  };
  const log_file = join(data_dir, "soak.log");
  let workers: string[] = [];
  const plan: typeof planServices = (...given) => {
    const own = planServices(...given);
    const services = [...(adapt?.(own) ?? own)];
    workers = services.map(({ name }) => name).filter((name) => /^(validator|github-worker|executor)/.test(name));
    return services;
  };
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
      workers,
      pidOf: (name) => readEndpoints(data_dir)?.processes[name],
      stop: () => system.stop(),
    };
  } catch (error) {
    await system.stop();
    // Its folder may be gone by the time somebody reads this.
    throw new Error(`the system did not start: ${errorText(error)}\n${lastLines(log_file)}`, { cause: error });
  }
}

function lastLines(file: string): string {
  if (!existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-60).join("\n");
}
