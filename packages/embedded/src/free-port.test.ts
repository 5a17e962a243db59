import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort, isPortFree } from "./free-port.ts";

it("chooses a port that a server can use and no outgoing connection is given", async () => {
  const server = createServer().listen(await freePort(), "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  expect(port).toBeLessThan(32_768);
  expect(await isPortFree(port)).toBe(false);
  server.close();
  await once(server, "close");
  expect(await isPortFree(port)).toBe(true);
});

it("does not give the same port to many who ask at once", async () => {
  const ports = await Promise.all(Array.from({ length: 8 }, freePort));
  expect(new Set(ports).size).toBeGreaterThan(6);
});
