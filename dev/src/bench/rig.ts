import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRedis } from "@infraskill/embedded/redis";
import type { LocalServer } from "@infraskill/embedded/launch";
import { Pool } from "pg";
import { EmbeddedSystem } from "../start/embedded-system.ts";
import { readEndpoints, type SystemEndpoints } from "../start/endpoints-file.ts";
import { readOptions } from "../start/options.ts";
import { planServices, repository } from "../start/system.ts";
import { type InstantGithub, startInstantGithub } from "./instant-github.ts";
import { startPeer } from "./start-peer.ts";

export const skill_name = "bench";
const commit_hash = "c".repeat(40);
const root = join(import.meta.dirname, "../../..");

/** The embedded system with every service, beside a GitHub that answers at once, and the peers it is measured against. */
export interface Rig {
  readonly endpoints: SystemEndpoints;
  readonly github: InstantGithub;
  readonly peer_url: string;
  readonly db: Pool;
  readonly ids: { readonly skill_id: number; readonly revision_id: number };
  readonly commit_hash: string;
  /** How long the services took to be ready, Postgres and Redis included, in ms: the first and the second start. */
  readonly start_ms: { readonly first: number; readonly warm: number };
  pids(): Readonly<Record<string, number>>;
  stopRedis(): Promise<void>;
  startRedis(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), "infraskill-bench-"));
  const data_dir = join(folder, "data");
  const github = await startInstantGithub({ repository, skill_name, commit_hash });
  const keepRedis = (port?: number) =>
    startRedis({
      data_dir: join(folder, "redis"),
      log: () => undefined,
      stop_with_parent: true,
      ...(port === undefined ? {} : { port }),
    });
  let redis: LocalServer = await keepRedis();
  const { port, url: redis_url } = redis;
  const env = {
    ...process.env,
    INFRASKILL_DATA_DIR: data_dir,
    GATEWAY_PORT: "0",
    LOCAL_GITHUB_PORT: "0",
    REDIS_URL: redis_url,
    LOG_LEVEL: "error",
  };
  const make = () =>
    new EmbeddedSystem(readOptions([], env, root), {
      root,
      env,
      colour: false,
      print: () => undefined,
      plan: (...given) =>
        planServices(...given)
          .filter(({ name }) => name !== "local-github")
          .map((service) => ({ ...service, env: aim(service.env, github.url) })),
    });
  let since = performance.now();
  let system = make();
  await system.start();
  const first = performance.now() - since;
  await system.stop();
  since = performance.now();
  system = make();
  const endpoints = await system.start();
  const warm = performance.now() - since;

  const db = new Pool({ connectionString: endpoints.database_url, max: 4 });
  const peer = await startPeer("peer.ts", {
    DATABASE_URL: endpoints.database_url,
    REDIS_URL: redis_url,
    GITHUB_URL: github.url,
    SECRET: endpoints.webhook_secret,
  });
  return {
    endpoints,
    github,
    peer_url: peer.line,
    db,
    ids: await insertSkill(db),
    commit_hash,
    start_ms: { first, warm },
    pids: () => readEndpoints(data_dir)?.processes ?? {},
    stopRedis: () => redis.stop(),
    startRedis: async () => {
      redis = await keepRedis(port);
    },
    stop: async () => {
      peer.child.kill("SIGKILL");
      await db.end();
      await system.stop();
      await redis.stop();
      await github.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function aim(env: Readonly<Record<string, string>>, url: string): Record<string, string> {
  return {
    ...env,
    ...("GITHUB_API_URL" in env ? { GITHUB_API_URL: url } : {}),
    ...("OIDC_ISSUER" in env ? { OIDC_ISSUER: url } : {}),
  };
}

/** An active skill with one text input; its pull request is not what is measured. */
async function insertSkill(db: Pool): Promise<{ skill_id: number; revision_id: number }> {
  const schema = JSON.stringify({ type: "object", properties: { message: { type: "string" } } });
  const skill = await db.query<{ id: number }>(
    `insert into skills (name, description, category, github_path, commit_hash, inputs_schema, outputs_schema,
       yaml_content, status, revision, newest_revision, created_by)
     values ($1, 'For the bench', 'bench', $2, $3, $4, $4, '', 'active', 1, 1, 'bench') returning id`,
    [skill_name, `.github/workflows/skill-${skill_name}.yml`, commit_hash, schema],
  );
  const skill_id = skill.rows[0]?.id ?? 0;
  const revision = await db.query<{ id: number }>(
    `insert into skill_revisions (skill_id, revision, status, description, category, inputs_schema, outputs_schema,
       yaml_content, hash, commit_hash, created_by)
     values ($1, 1, 'active', 'For the bench', 'bench', $2, $2, '', $3, $4, 'bench') returning id`,
    [skill_id, schema, randomBytes(32).toString("hex"), commit_hash],
  );
  return { skill_id, revision_id: revision.rows[0]?.id ?? 0 };
}
