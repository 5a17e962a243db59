// Probot, as its documentation sets it up, in a process of its own: one server whose handler does nothing, and one whose handler inserts what it was
// sent, as the floor does. Variables: DATABASE_URL, SECRET. Prints both URLs. The floor's process makes the table.
// Not TypeScript: Probot's types narrow `process.env` for the whole program.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Pool } from "pg";
import { createNodeMiddleware, createProbot } from "probot";

const { DATABASE_URL = "", SECRET = "" } = process.env;
const db = new Pool({ connectionString: DATABASE_URL, max: 16 });
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});

async function serve(application) {
  const probot = createProbot({ overrides: { appId: 1, privateKey, secret: SECRET, logLevel: "fatal" } });
  const handle = await createNodeMiddleware(application, { probot, webhooksPath: "/hook" });
  const server = createServer((request, response) => void handle(request, response));
  server.keepAliveTimeout = 60_000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${server.address().port}/hook`;
}

const noop = await serve((app) => {
  app.on("pull_request.labeled", () => undefined);
});
const insert = await serve((app) => {
  app.on("pull_request.labeled", async ({ id, payload }) => {
    await db.query("insert into bench_messages (guid, body, due_at) values ($1, $2, now() + interval '10 s')", [
      id,
      Buffer.from(JSON.stringify(payload)),
    ]);
  });
});
console.log(JSON.stringify({ noop, insert }));
