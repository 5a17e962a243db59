import { createServer, connect, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** Stands between a client and a TCP server, and can be pulled out. */
export async function startCable(host: string, port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => sockets.delete(one) && other.destroy());
      one.pipe(other);
    }
  });
  const plug = (at: number) => new Promise<void>((resolve) => void server.listen(at, "127.0.0.1", resolve));
  await plug(0);
  const near_port = (server.address() as AddressInfo).port;
  const pull = async () => {
    const closed = new Promise((resolve) => void server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port: near_port, pull, plug: () => plug(near_port) };
}
