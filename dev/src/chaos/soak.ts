import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { createLogger } from "@infraskill/platform/logger";
import { connectRedis } from "@infraskill/platform/redis";
import { Pool } from "pg";
import { startCallbackProxy } from "./callback-proxy.ts";
import { forgeWebhooks } from "./forge-webhooks.ts";
import { setFaults } from "./github-admin.ts";
import { githubFaults } from "./github-faults.ts";
import { type Findings, judge, type Verdict } from "./judge.ts";
import { makeLoad } from "./load.ts";
import { prepareSkill } from "./prepare-skill.ts";
import { createRandom } from "./random.ts";
import { planStrikes } from "./schedule.ts";
import { startStrikes } from "./strike.ts";
import { startChaosSystem } from "./system.ts";
import type { Variant } from "./variants.ts";

export interface SoakOptions {
  readonly data_dir: string;
  readonly variant: Variant;
  readonly seed: number;
  readonly executions: number;
  readonly tasks: number;
  /** Faults go on for at most this long, and asking as well. */
  readonly faults_for_ms: number;
  /** How long after the last fault everything must have ended. */
  readonly settle_ms: number;
  readonly say: (text: string) => void;
}

export interface SoakResult {
  readonly findings: Findings;
  readonly figures: Readonly<Record<string, number>>;
  /** From the last fault to the last end, in ms; null when something never ended. */
  readonly settled_ms: number | null;
  readonly took_ms: number;
}

/** Windows are a tenth of production's: a look-up gives up after 12 s instead of 120. */
const time_scale = 0.1;
const open_at_most = 60;
const callbackFaults = { lost: 0.15, doubled: 0.2, late: 0.1, forged: 0.02, late_claims: 0.35 };

/** One soak from an empty data directory to the verdict. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { data_dir, variant, seed, executions, tasks, faults_for_ms, settle_ms, say } = options;
  await mkdir(data_dir, { recursive: true });
  const ledger = join(data_dir, "effects");
  const proxy = await startCallbackProxy(createRandom(seed + 1), callbackFaults);
  const system = await startChaosSystem({ data_dir, variant, public_url: proxy.url, time_scale });
  const { endpoints } = system;
  const db = new Pool({ connectionString: endpoints.database_url, max: 4 });
  db.on("error", () => undefined);
  const redis = connectRedis(endpoints.redis_url, {
    role: "producer",
    log: createLogger({ service: "soak", level: "silent" }),
  });
  try {
    proxy.aim(endpoints.gateway_url);
    const api = createClient(publicEndpoints, {
      base_url: endpoints.gateway_url,
      headers: { authorization: `Bearer ${endpoints.admin_token}` },
    });
    await prepareSkill(api, endpoints);
    say(`up, the skill is active; everybody's log: ${system.log_file}`);

    const since = Date.now();
    await setFaults(endpoints, seed, githubFaults);
    const calm = new AbortController();
    const strikes = startStrikes(system, redis, planStrikes(seed, system.workers, faults_for_ms), calm.signal);
    const forgeries = forgeWebhooks(endpoints.gateway_url, 1_500, calm.signal);
    const enough = AbortSignal.timeout(faults_for_ms);
    const countOpen = async () => {
      const { rows } = await db.query<{ open: string }>(open_executions);
      return Number(rows[0]?.open);
    };
    const accepted = await makeLoad({
      api,
      random: createRandom(seed),
      executions,
      tasks,
      ledger,
      open_at_most,
      countOpen,
      signal: enough,
    });
    say(
      `${accepted.executions.size} executions and ${accepted.tasks.size} tasks accepted after ${seconds(Date.now() - since)}`,
    );
    // Whatever is left ends while the faults go on, as long as they do.
    while (!enough.aborted && (await isOpen(db))) await delay(250);
    calm.abort();
    await Promise.all([strikes.over, forgeries.over, setFaults(endpoints, seed, [])]);
    proxy.calm();
    const last_fault = Date.now();
    say(`the last fault after ${seconds(last_fault - since)}`);
    while (Date.now() - last_fault < settle_ms && (await isOpen(db))) await delay(250);

    const forged = { guids: forgeries.guids, accepted: forgeries.accepted() + proxy.counts.forgeries_accepted };
    const verdict: Verdict = await judge(db, endpoints, ledger, accepted, forged, proxy.withheld);
    const { forgeries_accepted: _, late_claims, ...callbacks } = proxy.counts;
    return {
      findings: verdict.findings,
      figures: {
        ...verdict.figures,
        "webhooks forged": forgeries.guids.length,
        "claims late": late_claims,
        ...Object.fromEntries(Object.entries(callbacks).map(([what, count]) => [`callbacks ${what}`, count])),
        ...strikes.counts,
      },
      settled_ms: verdict.findings.stuck.length > 0 ? null : Math.max(0, verdict.last_end - last_fault),
      took_ms: Date.now() - since,
    };
  } finally {
    redis.disconnect();
    await db.end();
    await system.stop();
    await proxy.stop();
  }
}

/** How many things were found that must not be. */
export function countFindings(findings: Findings): number {
  return Object.values(findings).reduce((sum: number, found: string[]) => sum + found.length, 0);
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

const open_executions = "select count(*) as open from skill_executions where completed_at is null";

/** Postgres being away counts as open. */
async function isOpen(db: Pool): Promise<boolean> {
  try {
    const { rows } = await db.query<{ open: string }>(
      `select (${open_executions}) + (select count(*) from tasks where completed_at is null)
         + (select count(*) from deliveries where status = 'received') as open`,
    );
    return rows[0]?.open !== "0";
  } catch {
    return true;
  }
}
