import { join } from "node:path";
import { freePort } from "@infraskill/embedded/free-port";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "./json-file.ts";
import type { StartOptions } from "./options.ts";
import { choosePort } from "./ports.ts";

const Remembered = z.object({ gateway: z.number().int(), local_github: z.number().int() });

export interface SystemPorts {
  readonly gateway_port: number;
  readonly github_port: number;
  readonly registry_port: number;
  readonly validator_port: number;
  readonly github_worker_health_port: number;
  readonly executor_health_port: number;
  readonly notes: readonly string[];
}

/**
 * The ports of this start. The two that people see are kept in the data directory, because pull request pages are known
 * by addresses that hold them.
 * @throws {PortBusy}
 */
export async function choosePorts({ data_dir, variables }: StartOptions): Promise<SystemPorts> {
  const file = join(data_dir, "ports.json");
  const remembered = Remembered.safeParse(readJsonFile(file)).data;
  const gateway = await choosePort({
    who: "the gateway",
    variable: "GATEWAY_PORT",
    asked: variables.GATEWAY_PORT,
    remembered: remembered?.gateway,
    usual: 3000,
  });
  const github = await choosePort(
    {
      who: "the local GitHub",
      variable: "LOCAL_GITHUB_PORT",
      asked: variables.LOCAL_GITHUB_PORT,
      remembered: remembered?.local_github,
      usual: 3001,
    },
    gateway.port,
  );
  writeJsonFile(file, { gateway: gateway.port, local_github: github.port });
  return {
    gateway_port: gateway.port,
    github_port: github.port,
    registry_port: await freePort(),
    validator_port: await freePort(),
    github_worker_health_port: await freePort(),
    executor_health_port: await freePort(),
    notes: [gateway.note, github.note].filter((note) => note !== undefined),
  };
}
