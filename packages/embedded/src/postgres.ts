import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { access, chown, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { stopLeftover, type Escalation } from "./end-process.ts";
import { answersOn, freePort } from "./free-port.ts";
import { launch, LaunchFailed, type LocalServer } from "./launch.ts";
import { findPostgresBinaries } from "./postgres-binaries.ts";
import { preparePostgresHome, type PostgresHome } from "./postgres-home.ts";
import { chooseServerUser, commandAs, nobody, type ServerUser } from "./server-user.ts";

const run = promisify(execFile);

export interface PostgresOptions {
  /** A folder of its own: cluster, password and log. Made when it is missing; found again later. */
  readonly data_dir: string;
  readonly log: (message: string) => void;
  /** Default: any free one. */
  readonly port?: number;
  /** Settings as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** End the server when this process dies, however it dies. Default: false. */
  readonly stop_with_parent?: boolean;
  /** Default: what `chooseServerUser` finds. */
  readonly user?: ServerUser;
}

// https://www.postgresql.org/docs/18/server-shutdown.html: SIGINT is the fast shutdown, SIGQUIT the immediate one.
const shutdown: Escalation = [
  { signal: "SIGINT", wait_ms: 10_000 },
  { signal: "SIGQUIT", wait_ms: 5_000 },
];
// Nothing of the caller's PG* variables may reach the server.
const server_env = { PATH: process.env.PATH, LC_ALL: "C.UTF-8", TZ: "UTC" };
const attempts = 20;

/**
 * Starts a real Postgres on 127.0.0.1 with a generated password. A server that an earlier start left running
 * in `data_dir` is stopped first.
 * @throws {CannotStart} with the end of the server's log
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalServer> {
  const user = options.user ?? (await chooseServerUser());
  const home = await preparePostgresHome(user, options.data_dir, findPostgresBinaries());
  const cluster = join(home.folder, "data");
  const stopped = await stopLeftover(join(cluster, "postmaster.pid"), cluster, shutdown);
  if (stopped !== undefined) options.log(`stopped a Postgres that an earlier start left running (process ${stopped})`);

  const password = await initialise(home, cluster, user, options);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      const server = await launchPostgres(home, cluster, user, port, options);
      return { ...server, port, url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` };
    } catch (error) {
      if (attempt === attempts || !(error instanceof LaunchFailed) || !isPassing(error.log)) throw error;
      await delay(250);
    }
  }
}

/** The port was taken in the meantime, or the sessions of a killed server are still on their way out. */
function isPassing(log: string): boolean {
  return log.includes("Address already in use") || log.includes("shared memory block");
}

async function launchPostgres(
  home: PostgresHome,
  cluster: string,
  user: ServerUser,
  port: number,
  options: PostgresOptions,
) {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    ...options.settings,
  };
  const args = [
    "-D",
    cluster,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ];
  return await launch({
    name: "Postgres",
    ...commandAs(user, join(home.bin, "postgres"), args),
    folder: home.folder,
    env: server_env,
    log_file: join(options.data_dir, "postgres.log"),
    isReady: async (pid) => (await saysReady(cluster, pid)) && (await answersOn(port)),
    escalation: shutdown,
    stop_with_parent: options.stop_with_parent ?? false,
  });
}

/** Line 1 of postmaster.pid is the process, line 8 its state (src/include/utils/pidfile.h). */
async function saysReady(cluster: string, pid: number): Promise<boolean> {
  const lines = (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  return lines[0] === String(pid) && lines[7]?.trim() === "ready";
}

/** Makes the cluster where there is none, whole or not at all. @returns the password of the user `postgres` */
async function initialise(
  home: PostgresHome,
  cluster: string,
  user: ServerUser,
  options: PostgresOptions,
): Promise<string> {
  const password_file = join(options.data_dir, "password");
  if (await exists(join(cluster, "PG_VERSION"))) return (await readFile(password_file, "utf8")).trim();

  const password = randomBytes(24).toString("base64url");
  await writeFile(password_file, password, { mode: 0o600 });
  const handed_over = join(home.folder, "initial-password");
  await writeFile(handed_over, password, { mode: 0o600 });
  if (user === "nobody") await chown(handed_over, nobody.uid, nobody.gid);
  const unfinished = `${cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const args = ["-D", unfinished, "--username=postgres", "--auth=scram-sha-256", `--pwfile=${handed_over}`];
  const initdb = commandAs(user, join(home.bin, "initdb"), [
    ...args,
    "--locale=C.UTF-8",
    "--encoding=UTF8",
    "--no-sync",
    "--no-instructions",
  ]);
  try {
    await run(initdb.command, initdb.args, { cwd: home.folder, env: server_env, ...initdb.user });
    await rename(unfinished, cluster);
  } finally {
    await rm(handed_over, { force: true });
  }
  return password;
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
