import { Agent } from "node:http";
import { join } from "node:path";
import { startRedis } from "@infraskill/embedded/redis";
import { Pool } from "pg";
import { callOver, percentile } from "../bench/measure.ts";
import { startTrialSystem } from "../trial/system.ts";
import { withFolder } from "../trial/folder.ts";
import { atRate } from "./pace.ts";
import { webhookMaker } from "./payloads.ts";
import { findUnkept } from "./unkept.ts";

export interface FloodOptions {
  readonly per_second: number;
  readonly seconds: number;
  readonly say: (text: string) => void;
}
export interface FloodResult {
  readonly what: string;
  readonly sent: number;
  /** Answers by status; `none` where there was none. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** From the first due webhook to the last answer. */
  readonly took_s: number;
  /** GUIDs that were answered with a 2xx and are not in the table with the very bytes that were sent. */
  readonly unkept: readonly string[];
}

/** Floods the gateway with webhooks at a steady rate: once with Redis, once after it was stopped. */
export function flood(options: FloodOptions): Promise<FloodResult[]> {
  return withFolder(async (folder) => {
    const redis = await startRedis({ data_dir: join(folder, "redis"), log: () => undefined, stop_with_parent: true });
    const system = await startTrialSystem({ variables: { REDIS_URL: redis.url, LOG_LEVEL: "error" } });
    const { gateway_url, webhook_secret, database_url } = system.endpoints;
    const db = new Pool({ connectionString: database_url, max: 2 });
    const makeWebhook = webhookMaker(webhook_secret);
    try {
      const run = (what: string) =>
        floodOnce({ what, url: `${gateway_url}/webhooks/github`, db, makeWebhook }, options);
      const with_redis = await run("with Redis");
      await redis.stop();
      return [with_redis, await run("with Redis stopped")];
    } finally {
      await db.end();
      await system.stop();
      await redis.stop();
    }
  });
}

type Target = { what: string; url: string; db: Pool; makeWebhook: ReturnType<typeof webhookMaker> };

async function floodOnce(
  { what, url, db, makeWebhook }: Target,
  { per_second, seconds, say }: FloodOptions,
): Promise<FloodResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  const accepted = new Map<string, string>();
  const began = performance.now();
  await atRate(per_second, seconds, async (due) => {
    const { guid, hash, headers, body } = makeWebhook();
    const status = await callOver(agent, { method: "POST", url, headers, body }).then(
      (answer) => answer.status,
      () => undefined,
    );
    latencies.push(performance.now() - due);
    statuses[status ?? "none"] = (statuses[status ?? "none"] ?? 0) + 1;
    if (status !== undefined && status < 300) accepted.set(guid, hash);
  });
  const took_s = (performance.now() - began) / 1_000;
  agent.destroy();
  const unkept = await findUnkept(db, accepted);
  const [p50_ms, p99_ms] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  const result = { what, sent: latencies.length, statuses, p50_ms, p99_ms, took_s, unkept };
  say(describe(result));
  return result;
}

function describe({ what, sent, statuses, p50_ms, p99_ms, took_s, unkept }: FloodResult): string {
  const answers = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  const rate = Math.round(sent / took_s);
  return (
    `${what}: ${sent} webhooks in ${took_s.toFixed(1)} s (${rate}/s): ${answers.join(", ")}; ` +
    `p50 ${Math.round(p50_ms)} ms, p99 ${Math.round(p99_ms)} ms; ${unkept.length} accepted and not kept`
  );
}
