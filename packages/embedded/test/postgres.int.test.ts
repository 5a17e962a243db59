import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalServer } from "../src/launch.ts";
import { findPostgresBinaries } from "../src/postgres-binaries.ts";
import { preparePostgresHome } from "../src/postgres-home.ts";
import { startPostgres, type PostgresOptions } from "../src/postgres.ts";
import { identifyProcess } from "../src/process-identity.ts";

let folder: string;
let started: LocalServer[] = [];
const messages: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-embedded-"));
  messages.length = 0;
});

afterEach(async () => {
  await Promise.all(started.map((server) => server.stop()));
  started = [];
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<PostgresOptions> = {}): Promise<LocalServer> {
  const server = await startPostgres({
    data_dir: join(folder, "postgres"),
    log: (message) => messages.push(message),
    stop_with_parent: true,
    ...options,
  });
  started.push(server);
  return server;
}

async function query(server: LocalServer, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("what was written is there after a stop and another start", async () => {
  const first = await start();
  await query(first, "create table notes (text text); insert into notes values ('kept')");
  await first.stop();
  expect(await query(await start(), "select text from notes")).toEqual([{ text: "kept" }]);
});

test("only the generated password opens it", async () => {
  const server = await start();
  const url = new URL(server.url);
  url.password = "wrong";
  await expect(new Client({ connectionString: url.href }).connect()).rejects.toThrow("password authentication failed");
});

test("a server that a killed start left running is stopped before the next one starts", async () => {
  const left = await start();
  await query(left, "create table notes (text text); insert into notes values ('kept')");
  const next = await start();
  expect(messages).toEqual([`stopped a Postgres that an earlier start left running (process ${left.pid})`]);
  expect(await identifyProcess(left.pid)).toBeUndefined();
  expect(await query(next, "select text from notes")).toEqual([{ text: "kept" }]);
});

test("a killed server is up again on the same port with everything that was committed", async () => {
  const killed = await start();
  await query(killed, "create table notes (text text); insert into notes values ('kept')");
  process.kill(killed.pid, "SIGKILL");
  await killed.exited;
  const again = await start({ port: killed.port });
  expect(again.url).toBe(killed.url);
  expect(await query(again, "select text from notes")).toEqual([{ text: "kept" }]);
});

test("a wrong setting is an error with what the server said", async () => {
  await expect(start({ settings: { max_connections: "many" } })).rejects.toThrow(
    /invalid value for parameter "max_connections"/,
  );
});

test("it ends when the process that started it is killed, if asked to", async () => {
  const data_dir = join(folder, "postgres");
  const program = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, "../src/postgres.ts"))};
    const server = await startPostgres({ data_dir: ${JSON.stringify(data_dir)}, log: console.error, stop_with_parent: true });
    console.log(server.pid);
    setInterval(() => undefined, 1000);
  `;
  const parent = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line));
  expect(await identifyProcess(pid)).toBeDefined();
  parent.kill("SIGKILL");
  await expect.poll(() => identifyProcess(pid), { timeout: 10_000 }).toBeUndefined();
  // An orderly end removes it.
  expect(existsSync(join(data_dir, "data/postmaster.pid"))).toBe(false);
});

describe.runIf(process.getuid?.() === 0)("as root without user namespaces", () => {
  test("Postgres runs as nobody, also below a folder that only root may enter", async () => {
    // mkdtemp makes folders of mode 0700.
    const server = await start({ user: "nobody" });
    expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await query(await start({ user: "nobody" }), "select 1 as one")).toEqual([{ one: 1 }]);
    const home = await preparePostgresHome("nobody", join(folder, "postgres"), findPostgresBinaries());
    expect(home.folder).not.toContain(folder);
    await rm(home.folder, { recursive: true });
  });
});
