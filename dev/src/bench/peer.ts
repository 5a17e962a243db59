// What infraskill is measured against, in a process of its own: the least that keeps a message before it is answered, a
// bare chain of commit, BullMQ and one call, and the least that answers with a page. Variables: DATABASE_URL, REDIS_URL, GITHUB_URL, SECRET. Prints its URL.
import { createHmac, timingSafeEqual } from "node:crypto";
import { Agent } from "node:http";
import { Queue, Worker } from "bullmq";
import { fastify } from "fastify";
import { Pool } from "pg";
import { keysetPage } from "./keyset-page.ts";
import { callOver } from "./measure.ts";

const { DATABASE_URL = "", REDIS_URL = "", GITHUB_URL = "", SECRET = "" } = process.env;
const db = new Pool({ connectionString: DATABASE_URL, max: 16 });
await db.query(`
  drop table if exists bench_messages, bench_steps;
  create table bench_messages (id bigint generated always as identity primary key, guid varchar unique, body bytea not null,
    due_at timestamptz not null);
  create table bench_steps (id bigint generated always as identity primary key, status varchar not null, inputs jsonb not null)`);

// As infraskill's own table: where the server was built with it.
await db.query("alter table bench_messages alter column body set compression lz4").catch(() => undefined);

const connection = { url: REDIS_URL, maxRetriesPerRequest: null };
const queue = new Queue("bench-steps", { connection, defaultJobOptions: { removeOnComplete: 500 } });
const agent = new Agent({ keepAlive: true });
const worker = new Worker(
  "bench-steps",
  async (job) => {
    const { id, left } = job.data as { id: string; left: number };
    await db.query("update bench_steps set status = 'dispatching' where id = $1", [id]);
    await callOver(agent, {
      method: "POST",
      url: `${GITHUB_URL}/dispatches`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ inputs: { execution_id: `peer-${id}-${left}` } }),
    });
  },
  { connection, concurrency: 16 },
);
// One of the benches takes Redis away.
queue.on("error", () => undefined);
worker.on("error", () => undefined);
await worker.waitUntilReady();

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 26 * 1_048_576 }, (_request, body, done) =>
  done(null, body),
);
app.post("/hook", async (request, reply) => {
  const body = request.body as Buffer;
  const given = Buffer.from(String(request.headers["x-hub-signature-256"]).slice(7), "hex");
  if (!timingSafeEqual(createHmac("sha256", SECRET).update(body).digest(), given)) return reply.code(401).send();
  await db.query("insert into bench_messages (guid, body, due_at) values ($1, $2, now() + interval '10 s')", [
    request.headers["x-github-delivery"],
    body,
  ]);
  return reply.code(202).send({ accepted: true });
});
/** A request, or a callback that has `left` more steps before it. */
app.post("/step", async (request, reply) => {
  const { left } = JSON.parse((request.body as Buffer).toString()) as { left: number };
  const { rows } = await db.query<{ id: string }>(
    "insert into bench_steps (status, inputs) values ('queued', $1) returning id::text",
    [{ left }],
  );
  const id = rows[0]?.id ?? "";
  reply.code(202).send({ id });
  await queue.add("step", { id, left });
  return reply;
});
app.get("/executions", async () => ({ items: (await db.query(keysetPage)).rows }));
console.log(await app.listen({ port: 0, host: "127.0.0.1" }));
