import { mkdir, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stopLeftover, type Escalation } from "./end-process.ts";
import { freePort } from "./free-port.ts";
import { launch, LaunchFailed, type LocalServer } from "./launch.ts";
import { findRedis, type RedisBinary } from "./redis-binary.ts";

export interface RedisOptions {
  /** A folder of its own: append-only file, configuration and log. Made when it is missing; found again later. */
  readonly data_dir: string;
  readonly log: (message: string) => void;
  /** Default: any free one. */
  readonly port?: number;
  /** Where a fetched Redis is kept for every later start. Default: in the clone's `.infraskill/toolchain`. */
  readonly cache_dir?: string;
  /** Settings as in redis.conf; they go before ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** End the server when this process dies, however it dies. Default: false. */
  readonly stop_with_parent?: boolean;
}

const shutdown: Escalation = [{ signal: "SIGTERM", wait_ms: 10_000 }];
const default_cache_dir = join(import.meta.dirname, "../../../.infraskill/toolchain/redis");
const attempts = 5;

/**
 * Starts a real Redis on 127.0.0.1, append-only and without eviction, as BullMQ needs it. A server that an earlier
 * start left running in `data_dir` is stopped first.
 * @throws {CannotStart} that says how to get a Redis, or has the end of the server's log
 */
export async function startRedis(options: RedisOptions): Promise<LocalServer> {
  const binary = await findRedis(options.cache_dir ?? default_cache_dir, options.log);
  await mkdir(options.data_dir, { recursive: true, mode: 0o700 });
  const stopped = await stopLeftover(join(options.data_dir, "redis.pid"), options.data_dir, shutdown);
  if (stopped !== undefined) options.log(`stopped a Redis that an earlier start left running (process ${stopped})`);

  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      const server = await launchRedis(binary, port, options);
      return { ...server, port, url: `redis://127.0.0.1:${port}` };
    } catch (error) {
      const taken = error instanceof LaunchFailed && error.log.includes("Address already in use");
      if (!taken || attempt === attempts) throw error;
      await delay(250);
    }
  }
}

async function launchRedis(binary: RedisBinary, port: number, options: RedisOptions) {
  const settings = {
    ...options.settings,
    bind: "127.0.0.1",
    port: String(port),
    dir: options.data_dir,
    pidfile: join(options.data_dir, "redis.pid"),
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "noeviction",
  };
  const configuration = join(options.data_dir, "redis.conf");
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${quote(value)}\n`);
  await writeFile(configuration, lines.join(""), { mode: 0o600 });
  return await launch({
    name: "Redis",
    command: binary.command,
    args: [configuration],
    folder: options.data_dir,
    env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8", TZ: "UTC", LD_LIBRARY_PATH: binary.library_path },
    log_file: join(options.data_dir, "redis.log"),
    isReady: () => answersPing(port),
    escalation: shutdown,
    stop_with_parent: options.stop_with_parent ?? false,
  });
}

/** redis.conf takes a value in double quotes with C escapes. */
function quote(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** While it loads its data Redis answers -LOADING. */
async function answersPing(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.once("error", () => settle(false));
    socket.once("data", (data) => settle(data.toString().startsWith("+PONG")));
    socket.write("PING\r\n");
  });
}
