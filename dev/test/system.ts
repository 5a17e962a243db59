import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Client, createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { until } from "@infraskill/testing/until";

export type Endpoints = {
  gateway_url: string;
  admin_token: string;
  webhook_secret: string;
  github_url: string;
  github_api_url: string;
  github_token: string;
  repository: string;
  database_url: string;
  redis_url: string;
  processes: Record<string, number>;
};

export type System = {
  readonly data_dir: string;
  readonly endpoints: Endpoints;
  readonly api: Client<typeof publicEndpoints>;
  /** Reads endpoints.json again: process ids change when a service is started again. */
  reread(): Promise<Endpoints>;
  stop(): Promise<void>;
};

/** Every system that is up, and what it said. */
export const running = new Map<Pick<System, "api">, readonly string[]>();

/** The embedded start as `npm start` runs it, in a process of its own, ready. Ports are free ones. */
export async function startSystem(data_dir: string, env: Record<string, string> = {}): Promise<System> {
  const main = join(import.meta.dirname, "../src/start/main.ts");
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      INFRASKILL_DATA_DIR: data_dir,
      GATEWAY_PORT: "0",
      LOCAL_GITHUB_PORT: "0",
      NO_COLOR: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const read = async () => JSON.parse(await readFile(join(data_dir, "endpoints.json"), "utf8")) as Endpoints;
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the start ended with ${String(code)}:\n${output.join("")}`);
  });
  ended.catch(() => undefined);
  const came = async <T>(condition: () => T | Promise<T>, what: string) => {
    const waiting = until(condition, { timeout_ms: 90_000, what });
    return Promise.race([waiting, ended]).catch((cause: unknown) => {
      child.kill("SIGTERM");
      throw new Error(`no ${what}; the start printed:\n${output.join("")}`, { cause });
    });
  };
  const endpoints = await came<Endpoints>(read, "ready system");
  await came(() => existsSync(join(data_dir, "demo-skills-made")), "demo skills");
  const api = createClient(publicEndpoints, {
    base_url: endpoints.gateway_url,
    headers: { authorization: `Bearer ${endpoints.admin_token}` },
  });
  const system = { data_dir, endpoints, api, reread: read, stop: () => stop(child) };
  running.set(system, output);
  child.once("exit", () => running.delete(system));
  return system;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

type Settled<B> = { ok: true; body: B } | { ok: false; status: number; problem: { detail: string } };

/** The body of an answer that must be a success. */
export async function must<B>(answer: Promise<Settled<B>>): Promise<B> {
  const settled = await answer;
  if (!settled.ok) throw new Error(`refused with ${settled.status}: ${settled.problem.detail}`);
  return settled.body;
}
