import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createLogger } from "../src/logger.ts";
import { saysRedisIsAway } from "../src/redis-away.ts";
import { connectRedis } from "../src/redis.ts";

const log = createLogger({ service: "test", level: "silent" });
const sockets = new Set<Socket>();
let server: Server | undefined;
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** A Redis that gets ready, and does with a PING what it is told. */
async function listen(onPing: (socket: Socket) => void): Promise<string> {
  const made = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    socket.on("data", (data) => {
      for (const command of data.toString().toLowerCase().split("*").slice(1)) {
        if (command.includes("ping")) onPing(socket);
        else socket.write(command.includes("\r\ninfo\r\n") ? "$17\r\nredis_version:7.0\r\n" : "+OK\r\n");
      }
    });
  });
  server = made;
  await new Promise<void>((resolve) => void made.listen(0, "127.0.0.1", resolve));
  return `redis://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

it.each<[string, (socket: Socket) => void]>([
  ["says nothing", () => undefined],
  ["hangs up", (socket) => socket.destroy()],
])("knows the error of a Redis that %s", async (_what, onPing) => {
  const redis = connectRedis(await listen(onPing), { role: "producer", log });
  await once(redis, "ready");
  const error = await redis.ping().then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  redis.disconnect();
  expect(error).toBeInstanceOf(Error);
  expect([error?.message, saysRedisIsAway(error ?? new Error("none"))]).toEqual([error?.message, true]);
});

it("takes no other error for that", () => {
  expect(saysRedisIsAway(new Error("WRONGTYPE Operation against a key holding the wrong kind of value"))).toBe(false);
});
