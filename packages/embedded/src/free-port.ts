import { connect, createServer } from "node:net";
import { ownPorts } from "./own-ports.ts";

const ports = ownPorts();

/** A TCP port on 127.0.0.1 for a server, which nobody uses now and nobody else who asks here is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const { value: port } = await ports.next();
    if (port === undefined) throw new Error("no port is left on 127.0.0.1: end programs that listen on many");
    if (await isPortFree(port)) return port;
  }
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
