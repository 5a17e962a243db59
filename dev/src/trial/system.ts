import { appendFileSync, mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedSystem } from "../start/embedded-system.ts";
import { readEndpoints, type SystemEndpoints } from "../start/endpoints-file.ts";
import { readOptions } from "../start/options.ts";
import { planServices, type ServicePlan } from "../start/system.ts";

export interface TrialSystem {
  readonly endpoints: SystemEndpoints;
  /** What every process said. */
  readonly log_file: string;
  /** Of every process, as they are now: a service that died and came back has another one. */
  pids(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

export interface TrialOptions {
  /** Variables for every process, such as REDIS_URL for a Redis of one's own. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Changes what single services are told. */
  readonly retell?: (service: ServicePlan) => ServicePlan;
  /** Makes the demo skills, the way `npm start` does. */
  readonly with_demo_skills?: boolean;
}

const root = join(import.meta.dirname, "../../..");

/** The embedded system on free ports in a folder of its own, which goes when it is stopped. */
export async function startTrialSystem(options: TrialOptions = {}): Promise<TrialSystem> {
  const { variables = {}, retell = (service) => service, with_demo_skills = false } = options;
  const folder = await mkdtemp(join(tmpdir(), "infraskill-trial-"));
  const data_dir = join(folder, "data");
  mkdirSync(data_dir);
  const log_file = join(data_dir, "trial.log");
  const env = {
    ...process.env,
    INFRASKILL_DATA_DIR: data_dir,
    GATEWAY_PORT: "0",
    LOCAL_GITHUB_PORT: "0",
    LOCAL_GITHUB_RATE_LIMIT: "1000000",
    LOG_LEVEL: "info",
    ...variables,
  };
  const system = new EmbeddedSystem(readOptions([], env, root), {
    root,
    env,
    colour: false,
    print: (text) => appendFileSync(log_file, `${text}\n`),
    plan: (...given) => planServices(...given).map(retell),
  });
  const stop = async () => {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const endpoints = await system.start();
    if (with_demo_skills) await system.seed(endpoints);
    return { endpoints, log_file, pids: () => readEndpoints(data_dir)?.processes ?? {}, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
