import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CannotStart } from "./cannot-start.ts";
import { fetchRedisByApt } from "./redis-by-apt.ts";

const run = promisify(execFile);

export interface RedisBinary {
  readonly command: string;
  /** `7.0.15` */
  readonly version: string;
  /** Where it comes from, for people: `PATH` or `apt`. */
  readonly source: string;
  readonly library_path?: string;
}

/** BullMQ needs Redis 6.2 or newer. */
const oldest = [6, 2] as const;

/**
 * Finds a Redis or Valkey server: on PATH, in `cache_dir` from an earlier time, or by apt into `cache_dir`
 * (Debian and Ubuntu; needs no root and installs nothing into the system).
 * @throws {CannotStart} that names every way to get one
 */
export async function findRedis(cache_dir: string, log: (message: string) => void): Promise<RedisBinary> {
  for (const command of ["redis-server", "valkey-server"]) {
    const version = await readVersion(command);
    if (version !== undefined) return { command, version, source: "PATH" };
  }
  const cached = await findCached(cache_dir);
  if (cached !== undefined) return cached;
  let reason = "";
  try {
    await fetchRedisByApt(cache_dir, log);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  const fetched = await findCached(cache_dir);
  if (fetched !== undefined) return fetched;
  throw new CannotStart(explainMissing(reason));
}

/** The version that `<command> --version` names, when it is new enough. */
export async function readVersion(command: string, library_path?: string): Promise<string | undefined> {
  const env = library_path === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: library_path };
  const answer = await run(command, ["--version"], { env }).catch(() => undefined);
  return answer === undefined ? undefined : usableVersion(answer.stdout);
}

/** `Redis server v=7.0.15 sha=…` → `7.0.15`; `undefined` for one that is too old or says something else. */
export function usableVersion(output: string): string | undefined {
  const match = /v=(?<version>(?<major>\d+)\.(?<minor>\d+)[\w.-]*)/.exec(output)?.groups;
  if (match === undefined) return undefined;
  const [major, minor] = [Number(match.major), Number(match.minor)];
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]) ? match.version : undefined;
}

async function findCached(cache_dir: string): Promise<RedisBinary | undefined> {
  const command = join(cache_dir, "usr/bin/redis-server");
  if (
    !(await access(command)
      .then(() => true)
      .catch(() => false))
  )
    return undefined;
  const triplet = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch as string] ?? "";
  const library_path = ["usr/lib", "lib"].map((folder) => join(cache_dir, folder, triplet)).join(":");
  const version = await readVersion(command, library_path);
  return version === undefined ? undefined : { command, version, source: "apt", library_path };
}

function explainMissing(reason: string): string {
  return [
    "There is no Redis 6.2 or newer on this machine, and it could not be fetched.",
    ...(reason === "" ? [] : [`  What was tried: ${reason}`]),
    "Any one of these helps:",
    "  Debian, Ubuntu   sudo apt-get install redis-server",
    "  Fedora, RHEL     sudo dnf install valkey",
    "  Alpine           apk add redis",
    "  macOS            brew install redis",
    "  elsewhere        set REDIS_URL, for example REDIS_URL=redis://127.0.0.1:6379",
    "  containers       docker compose --profile local up",
  ].join("\n");
}
