import { randomInt } from "node:crypto";
import { connect, createServer } from "node:net";

/** Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): one of those may be taken, and kept, before a server listens on it. */
const range = { from: 20_000, to: 32_768 };
const tries = 100;

/** A TCP port on 127.0.0.1 for a server, which nobody uses now; another server may still take it first. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < tries; tried += 1) {
    const port = randomInt(range.from, range.to);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`none of ${tries} ports between ${range.from} and ${range.to} is free on 127.0.0.1`);
}

/** Whether a server could listen on 127.0.0.1:`port` right now, and nobody answers there by way of another address. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port)) && !(await answersOn(port));
}

/** Whether something accepts connections on 127.0.0.1:`port`. */
export async function answersOn(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.setTimeout(1_000);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}

async function canListen(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
