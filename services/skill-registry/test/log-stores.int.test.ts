import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { createTestDatabase } from "@infraskill/testing/test-database";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "../src/database/connect.ts";
import { databaseProblem } from "../src/database/errors.ts";
import { migrate } from "../src/database/migrate.ts";
import { createFileStore } from "../src/logs/stores/file-store.ts";
import type { LogRef, LogStore } from "../src/logs/stores/log-store.ts";
import { createPostgresStore } from "../src/logs/stores/postgres-store.ts";
import { createS3Store } from "../src/logs/stores/s3-store.ts";
import { startCable } from "./cable.ts";
import { startS3 } from "./s3.ts";

/** A store with what the outside world can do to it. */
type Subject = {
  store: LogStore;
  leave(): Promise<unknown>;
  comeBack(): Promise<unknown>;
  stop(): Promise<unknown>;
};

async function inPostgres(): Promise<Subject> {
  const database = await createTestDatabase({ template: "registry", migrate });
  const url = new URL(database.url);
  const cable = await startCable(url.hostname, Number(url.port));
  url.port = String(cable.port);
  url.hostname = "127.0.0.1";
  const { db } = connectDatabase({ url: url.href });
  // Whether the execution is there is not what this is about.
  await sql`alter table log_texts drop constraint log_texts_execution_id_fkey`.execute(db);
  return {
    store: createPostgresStore(db),
    leave: cable.pull,
    comeBack: cable.plug,
    stop: async () => {
      await db.destroy();
      await cable.pull();
      await database.drop();
    },
  };
}

async function inFiles(): Promise<Subject> {
  const root = await mkdtemp(join(tmpdir(), "infraskill-logs-"));
  return {
    store: createFileStore(root),
    leave: () => rename(root, `${root}-away`),
    comeBack: () => rename(`${root}-away`, root),
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

async function inS3(): Promise<Subject> {
  const { s3, ...others } = await startS3();
  return { store: createS3Store(s3), ...others };
}

const refOf = (text: string, change: Partial<LogRef> = {}): LogRef => ({
  execution_id: randomUUID(),
  job_id: 42,
  hash: createHash("sha256").update(text).digest("hex"),
  ...change,
});

describe.each([
  ["postgres", inPostgres],
  ["files", inFiles],
  ["s3", inS3],
])("logs kept in %s", (_kind, make) => {
  let subject: Subject;
  let store: LogStore;
  beforeAll(async () => {
    subject = await make();
    ({ store } = subject);
  });
  afterAll(() => subject.stop());

  it.each([
    ["colours and characters of every length", "\u001b[31mno\u001b[0m é 漢 🙂 \ufffd\n\t end"],
    ["nothing", ""],
    ["two hundred thousand lines", "2026-05-01T12:00:00.0000000Z a line of some length\n".repeat(200_000)],
  ])("come back as they were: %s", async (_what, text) => {
    const ref = refOf(text);
    await store.put(ref, text);
    await store.put(ref, text);
    expect((await store.get(ref)) === text).toBe(true);
  });

  it("are not there before they are kept, nor under another job, execution or hash", async () => {
    const ref = refOf("kept");
    expect(await store.get(ref)).toBeUndefined();
    await store.put(ref, "kept");
    for (const other of [{ job_id: 43 }, { execution_id: randomUUID() }, { hash: "a".repeat(64) }]) {
      expect(await store.get({ ...ref, ...other })).toBeUndefined();
    }
  });

  it("are whole for whoever reads while several keep them", async () => {
    const text = "one line of many\n".repeat(50_000);
    const ref = refOf(text);
    const state = { putting: true };
    const put = Promise.all([1, 2, 3].map(() => store.put(ref, text))).finally(() => (state.putting = false));
    const seen: (string | undefined)[] = [];
    // The S3 server of these tests may refuse to read what it is writing, which S3 does not.
    while (state.putting) seen.push(await store.get(ref).catch(() => undefined));
    await put;
    expect(seen.filter((read) => read !== undefined && read !== text)).toHaveLength(0);
    expect((await store.get(ref)) === text).toBe(true);
  });

  it("go with their execution, all of them, and no others do", async () => {
    const [gone, stays] = [refOf("one"), refOf("one")];
    const second = refOf("two", { execution_id: gone.execution_id });
    for (const ref of [gone, second, stays]) await store.put(ref, ref === second ? "two" : "one");
    await store.deleteAll([gone.execution_id, randomUUID()]);
    await store.deleteAll([gone.execution_id]);
    await store.deleteAll([]);
    expect([await store.get(gone), await store.get(second), await store.get(stays)]).toEqual([
      undefined,
      undefined,
      "one",
    ]);
  });

  it("are asked for again later while the storage is away, and are there when it is back", async () => {
    const ref = refOf("kept");
    await store.put(ref, "kept");
    await subject.leave();
    const { signal } = new AbortController();
    for (const act of [
      () => store.put(refOf("x"), "x"),
      () => store.get(ref),
      () => store.deleteAll([ref.execution_id]),
    ]) {
      const error: unknown = await act().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const problem = error instanceof HttpProblem ? error : databaseProblem(error);
      expect(problem).toMatchObject({ status: 503, headers: { "retry-after": expect.stringMatching(/^\d+$/) } });
    }
    await expect(store.check(signal)).rejects.toThrow(/ECONNREFUSED|ENOENT|terminated|cannot be reached/);
    await subject.comeBack();
    await store.check(signal);
    expect(await store.get(ref)).toBe("kept");
  });
});

it.each([
  { execution_id: "../../../etc/cron.d" },
  { execution_id: `${randomUUID()}/..` },
  { job_id: 1.5 },
  { hash: "../x" },
])("makes no path of what is no id: %j", async (change) => {
  const root = await mkdtemp(join(tmpdir(), "infraskill-logs-"));
  const store = createFileStore(root);
  await expect(store.put(refOf("x", change), "x")).rejects.toThrow(/no/);
  await expect(store.get(refOf("x", change))).rejects.toThrow(/no/);
  expect(await readdir(root)).toEqual([]);
  await rm(root, { recursive: true });
});

it("writes files that only their owner reads, leaves nothing beside them, and takes a damaged one for none", async () => {
  const root = await mkdtemp(join(tmpdir(), "infraskill-logs-"));
  const store = createFileStore(root);
  const ref = refOf("kept");
  await store.put(ref, "kept");
  const folder = join(root, ref.execution_id.slice(0, 2), ref.execution_id);
  expect(await readdir(folder)).toEqual([`42-${ref.hash}.log.gz`]);
  const path = join(folder, `42-${ref.hash}.log.gz`);
  expect([(await stat(folder)).mode & 0o777, (await stat(path)).mode & 0o777]).toEqual([0o700, 0o600]);
  await truncate(path, 10);
  expect(await store.get(ref)).toBeUndefined();
  await rm(root, { recursive: true });
});

it.each([
  [{ secret_access_key: "another one" }, /403 SignatureDoesNotMatch/],
  [{ access_key_id: "NOBODY" }, /403 InvalidAccessKeyId/],
  [{ bucket: "no-such-bucket" }, /404 NoSuchBucket/],
])("is refused by the storage with %j, and says so", async (change, words) => {
  const { s3, stop } = await startS3();
  const store = createS3Store({ ...s3, ...change });
  const error: unknown = await store.put(refOf("x"), "x").then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ status: 503, cause: { message: expect.stringMatching(words) } });
  await stop();
});
