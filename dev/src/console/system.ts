import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { Template } from "@infraskill/workflow/templates/template";
import { EmbeddedSystem } from "../start/embedded-system.ts";
import type { SystemEndpoints } from "../start/endpoints-file.ts";
import { readOptions } from "../start/options.ts";
import { makeActive } from "../start/seed.ts";

/** A whole system of its own for looking at the console: what is made in it is gone when it stops. */
export type ConsoleSystem = {
  readonly endpoints: SystemEndpoints;
  /** Calls as the first admin. */
  readonly api: Client<typeof publicEndpoints>;
  /** Creates a skill, merges its pull request and waits until it can be run. */
  makeActive(skill: Template): Promise<void>;
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, "../../..");

/** The embedded system on free ports in a temporary directory, with the demo skills active. */
export async function startConsoleSystem(): Promise<ConsoleSystem> {
  const folder = await mkdtemp(join(tmpdir(), "infraskill-console-"));
  const env = {
    ...process.env,
    INFRASKILL_DATA_DIR: join(folder, "data"),
    GATEWAY_PORT: "0",
    LOCAL_GITHUB_PORT: "0",
    LOG_LEVEL: "error",
  };
  const system = new EmbeddedSystem(readOptions([], env, root), { root, env, colour: false, print: () => undefined });
  const stop = async () => {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const endpoints = await system.start();
    await system.seed(endpoints);
    return {
      endpoints,
      api: createClient(publicEndpoints, {
        base_url: endpoints.gateway_url,
        headers: { authorization: `Bearer ${endpoints.admin_token}` },
      }),
      makeActive: (skill) => makeActive(skill, endpoints, new AbortController().signal),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
