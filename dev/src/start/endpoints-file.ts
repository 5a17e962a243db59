import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** Where everything is: for tests and people, in `endpoints.json` of the data directory while the system is up. */
export const SystemEndpoints = z.object({
  gateway_url: z.string(),
  admin_token: z.string(),
  webhook_secret: z.string(),
  github_url: z.string(),
  github_api_url: z.string(),
  github_token: z.string(),
  repository: z.string(),
  database_url: z.string(),
  redis_url: z.string(),
  processes: z.record(z.string(), z.number().int()),
});
export type SystemEndpoints = z.infer<typeof SystemEndpoints>;

export function writeEndpoints(data_dir: string, endpoints: SystemEndpoints): void {
  writeJsonFile(fileIn(data_dir), endpoints);
}

/** `undefined` while the system is not up. */
export function readEndpoints(data_dir: string): SystemEndpoints | undefined {
  return SystemEndpoints.safeParse(readJsonFile(fileIn(data_dir))).data;
}

export function removeEndpoints(data_dir: string): void {
  rmSync(fileIn(data_dir), { force: true });
}

function fileIn(data_dir: string): string {
  return join(data_dir, "endpoints.json");
}
