import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServicePlan } from "./system.ts";

const workers = ["validator", "github-worker", "executor"];

/** What one more worker beside the system's own is told: the same, but to listen on ports of its own. */
export function workerVariables(services: readonly ServicePlan[]): Record<string, string> {
  const told = services.filter(({ name }) => workers.includes(name)).flatMap(({ env }) => Object.entries(env));
  return { ...Object.fromEntries(told), HEALTH_PORT: "0", VALIDATOR_PORT: "0" };
}

/** As `node --env-file` reads it: `worker.env` of the data directory while the system is up, readable by this user only. */
export function writeWorkerVariables(data_dir: string, services: readonly ServicePlan[]): void {
  const lines = Object.entries(workerVariables(services)).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  writeFileSync(fileIn(data_dir), lines.join(""), { mode: 0o600 });
}

export function removeWorkerVariables(data_dir: string): void {
  rmSync(fileIn(data_dir), { force: true });
}

function fileIn(data_dir: string): string {
  return join(data_dir, "worker.env");
}
