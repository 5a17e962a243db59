import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Result } from "./result.ts";

const root = join(import.meta.dirname, "../../..");
const give_up_ms = 300_000;

/** P11, cold: what is committed here, cloned, with empty caches of npm and pnpm, until `npm start` says that all is ready. Packages are downloaded. */
export async function benchColdStart(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), "infraskill-cold-"));
  const clone = join(folder, "clone");
  const data_dir = join(folder, "data");
  try {
    execFileSync("git", ["clone", "--quiet", root, clone]);
    const since = performance.now();
    const child = spawn("npm", ["start"], {
      cwd: clone,
      detached: true,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        INFRASKILL_DATA_DIR: data_dir,
        GATEWAY_PORT: "0",
        LOCAL_GITHUB_PORT: "0",
        npm_config_cache: join(folder, "npm"),
        XDG_CACHE_HOME: join(folder, "cache"),
        XDG_DATA_HOME: join(folder, "share"),
      },
    });
    const ended = once(child, "exit");
    while (!existsSync(join(data_dir, "endpoints.json"))) {
      if (child.exitCode !== null || performance.now() - since > give_up_ms) throw new Error("the clone did not start");
      await delay(50);
    }
    const took = performance.now() - since;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    await ended;
    return [
      {
        id: "P11",
        what: "cold clone to ready, packages downloaded",
        measured: "one start",
        value: took / 1_000,
        unit: "s",
        better: "less",
        must: 90,
        stretch: 40,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
