import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { createHttpServer } from "../src/http.ts";
import { createLogger } from "../src/logger.ts";

const log = createLogger({ service: "test", level: "silent" });
const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

async function listen(app: ReturnType<typeof createHttpServer>) {
  await app.listen({ port: 0, host: "127.0.0.1" });
  return connectTo(app);
}

async function connectTo({ server }: ReturnType<typeof createHttpServer>) {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

it("a server that stops finishes what it has and refuses with 503 what still comes, over an open connection or a new one", async () => {
  const app = createHttpServer({ log });
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  app.get("/slow", async () => {
    entered.resolve();
    await release.promise;
    return { done: true };
  });
  const [busy, idle] = [await listen(app), await connectTo(app)];
  const [finished, refused] = [text(busy), text(idle)];
  busy.write(get("/slow"));
  await entered.promise;
  const closed = app.close();
  // Closing begins at once and lets whoever comes now in, to tell them.
  const late = await connectTo(app);
  const told = text(late);
  for (const socket of [idle, late]) socket.write(get("/slow"));
  for (const answer of [refused, told])
    expect(await answer).toMatch(
      /^HTTP\/1\.1 503 [^]*connection: close\r\n[^]*retry-after: 1\r\n[^]*application\/problem\+json[^]*The service is stopping/,
    );
  release.resolve();
  await closed;
  expect(await finished).toMatch(/^HTTP\/1\.1 200 [^]*connection: close[^]*\{"done":true\}$/);
});

it("a server that stops does not wait for a connection whose last answer came meanwhile", async () => {
  const app = createHttpServer({ log });
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  app.get("/slow", async () => {
    entered.resolve();
    await release.promise;
    return { done: true };
  });
  app.addHook("preClose", async () => release.resolve());
  const socket = await listen(app);
  const answer = text(socket);
  socket.write(get("/slow"));
  await entered.promise;
  const before = performance.now();
  await app.close();
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(await answer).toMatch(/^HTTP\/1\.1 200 [^]*\{"done":true\}$/);
});

it.each([
  ["what is no HTTP", "hello\r\n\r\n", 400],
  ["headers without end", `GET / HTTP/1.1\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("a server answers %s with a problem", async (_what, bytes, status) => {
  const app = createHttpServer({ log });
  const socket = await listen(app);
  const answer = text(socket);
  socket.write(bytes);
  const [head, body] = (await answer).split("\r\n\r\n");
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head).toContain("content-type: application/problem+json");
  expect(JSON.parse(body ?? "")).toMatchObject({ status, type: "urn:infraskill:problem:malformed" });
  await app.close();
});

it("a server answers what cannot be read also over a connection that has had an answer", async () => {
  const app = createHttpServer({ log });
  app.get("/here", async () => ({ here: true }));
  const socket = await listen(app);
  const answers = text(socket);
  socket.write(get("/here"));
  await once(socket, "data");
  socket.write(Buffer.from(get("/here?q=é"), "latin1"));
  const [first, second] = (await answers).split(/(?=HTTP\/1\.1 )/);
  expect(first).toMatch(/^HTTP\/1\.1 200 /);
  expect(second).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"This is not an HTTP request\."/);
  await app.close();
});

it.each([
  [
    "whose body never ends",
    `POST /things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
  ],
  ["whose headers never end", "GET /things HTTP/1.1\r\nhost: x\r\nx-slow: y"],
])("a request %s is answered 408 and cut off in time, and takes nobody else's", async (_what, bytes) => {
  const app = createHttpServer({ log, request_timeout_ms: 300 });
  app.post("/things", async () => ({ made: true }));
  const slow = await listen(app);
  const answer = text(slow);
  const before = performance.now();
  slow.write(bytes);
  const other = await connectTo(app);
  const quick = text(other);
  other.write(
    "POST /things HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
  );
  expect(await quick).toContain('{"made":true}');
  expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*did not arrive in time/);
  expect(performance.now() - before).toBeLessThan(5_000);
  await app.close();
});

it.each([
  ["its length declared", `content-length: ${3 << 20}`, (piece: string) => piece],
  ["in chunks", "transfer-encoding: chunked", (piece: string) => `${piece.length.toString(16)}\r\n${piece}\r\n`],
])("a body that is too large, %s, is refused over a connection that goes on", async (_, header, wrap) => {
  const app = createHttpServer({ log });
  app.post("/", async () => ({}));
  app.get("/next", async () => ({ next: true }));
  const socket = await listen(app);
  const answers = text(socket);
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${header}\r\n\r\n`);
  for (let sent = 0; sent < 3 << 20; sent += 1 << 16) {
    if (!socket.write(wrap("x".repeat(1 << 16)))) await once(socket, "drain");
  }
  socket.write(
    `${header.startsWith("transfer") ? "0\r\n\r\n" : ""}${get("/next").replace("host", "connection: close\r\nhost")}`,
  );
  expect(await answers).toMatch(/^HTTP\/1\.1 413 [^]*is larger than[^]*HTTP\/1\.1 200 [^]*\{"next":true\}$/);
  await app.close();
});
