import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@infraskill/client/client";
import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { createLogger } from "@infraskill/platform/logger";
import { connectRedis } from "@infraskill/platform/redis";
import { Pool } from "pg";
import type { CallbackFaults } from "./callback-fates.ts";
import { startCallbackProxy } from "./callback-proxy.ts";
import { doubleWorkers } from "./double-workers.ts";
import { forgeWebhooks } from "./forge-webhooks.ts";
import { narrowWebhook, setFaults } from "./github-admin.ts";
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
  /** `shell`: the runs are real, with bash and curl. `light`: the same protocol without shells (light-runner.ts). */
  readonly runner: "shell" | "light";
  /** Faults go on for at least this long; everything is asked for within most of it. */
  readonly faults_for_ms: number;
  /** Of the claims: the share that arrives when infraskill has given their run up. */
  readonly late_claims: number;
  /** How long after the last fault everything must have ended. */
  readonly settle_ms: number;
  readonly say: (text: string) => void;
}

export interface SoakResult {
  readonly findings: Findings;
  readonly figures: Readonly<Record<string, number>>;
  readonly explained: readonly string[];
  /** From the last fault to the last end, in ms; null when something never ended. */
  readonly settled_ms: number | null;
  readonly took_ms: number;
}

/** Production's windows, but that a look-up gives up after 12 s instead of 120: runs that come after it are what the claim is for. */
const windows = { LOOK_UP_FOR_S: "12" };
const runners = {
  // Jobs that wait for an answer hold up nobody else.
  shell: { LOCAL_GITHUB_RUNNERS: "48" },
  light: { LOCAL_GITHUB_RUNNERS: "1000", LOCAL_GITHUB_STAND_IN: join(import.meta.dirname, "light-runner.ts") },
} as const;
const callback_faults: Omit<CallbackFaults, "late_claims"> = {
  lost: 0.15,
  unanswered: 0.05,
  doubled: 0.2,
  late: 0.1,
  forged: 0.02,
  cut_off: { lone: 0.15, step: 0.02 },
};
/** Of the time of the faults: what is asked for at the end meets some as well. */
const asking_share = 0.85;
/** Faults go on until everything was asked for, but no longer than so many times the time they were given. */
const patience = 1.25;
/** GitHub's webhooks come a moment after what they tell of. */
const last_words_ms = 3_000;

/** One soak from an empty data directory to the verdict. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { data_dir, variant, seed, executions, tasks, runner, faults_for_ms, settle_ms, say } = options;
  await mkdir(data_dir, { recursive: true });
  const ledger = join(data_dir, "effects");
  const proxy = await startCallbackProxy(createRandom(seed + 1), {
    ...callback_faults,
    late_claims: options.late_claims,
  });
  const env = { ...windows, ...runners[runner] };
  const system = await startChaosSystem({ data_dir, variant, env, adapt: await doubleWorkers(proxy.url) });
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
    await narrowWebhook(endpoints);
    await prepareSkill(api, endpoints);
    say(`up, the skill is active; everybody's log: ${system.log_file}`);

    const since = Date.now();
    await setFaults(endpoints, seed, githubFaults);
    const calm = new AbortController();
    const strikes = startStrikes(
      system,
      redis,
      planStrikes(seed, turnsOf(system.workers), faults_for_ms, faults_for_ms * patience),
      calm.signal,
    );
    const forgeries = forgeWebhooks(endpoints.gateway_url, 1_500, calm.signal);
    const enough = delay(faults_for_ms);
    const accepted = await makeLoad({
      api,
      random: createRandom(seed),
      executions,
      tasks,
      ledger,
      over_ms: faults_for_ms * asking_share,
      signal: AbortSignal.timeout(faults_for_ms * patience),
    });
    say(
      `${accepted.executions.size} executions and ${accepted.tasks.size} tasks accepted after ${seconds(Date.now() - since)}`,
    );
    await enough;
    calm.abort();
    await Promise.all([strikes.over, forgeries.over, setFaults(endpoints, seed, [])]);
    proxy.calm();
    const last_fault = Date.now();
    say(`the last fault after ${seconds(last_fault - since)}`);
    await settle(db, last_fault + settle_ms);

    const forged = { guids: forgeries.guids, accepted: [...forgeries.accepted, ...proxy.forgeries_accepted] };
    const verdict: Verdict = await judge(db, endpoints, {
      accepted,
      effects_file: ledger,
      forged,
      given_up: proxy.given_up,
    });
    return {
      findings: verdict.findings,
      explained: verdict.explained,
      figures: {
        ...verdict.figures,
        "webhooks forged": forgeries.guids.length,
        ...proxy.counts,
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

/** The validator has nothing to do in a soak and takes long to start: it is struck once where the others are three times. */
function turnsOf(workers: readonly string[]): string[] {
  const busy = workers.filter((name) => name !== "validator");
  return [...busy, ...busy, ...busy, "validator"];
}

/** Waits until nothing has been open for a while: GitHub's last words may come after the end they tell of. */
async function settle(db: Pool, until_ms: number): Promise<void> {
  let open_at = Date.now();
  while (Date.now() < until_ms && Date.now() - open_at < last_words_ms) {
    if (await isOpen(db)) open_at = Date.now();
    await delay(250);
  }
}

/** Postgres being away counts as open. */
async function isOpen(db: Pool): Promise<boolean> {
  try {
    const { rows } = await db.query<{ open: string }>(
      `select (select count(*) from skill_executions where completed_at is null) + (select count(*) from tasks where completed_at is null)
         + (select count(*) from deliveries where status = 'received') as open`,
    );
    return rows[0]?.open !== "0";
  } catch {
    return true;
  }
}
