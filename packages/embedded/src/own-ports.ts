import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): one of those may be taken, and kept, before a server listens on it. */
const range = { from: 20_000, to: 32_768 };
const block_size = 16;
const blocks = Math.floor((range.to - range.from) / block_size);

/**
 * Ports of 127.0.0.1 that no other process that asks here is given while this one lives: it listens on the first port of
 * the block that the others are in, and the system lets go of that when the process ends, however it ends. Ends when no
 * block is left.
 */
export async function* ownPorts(): AsyncGenerator<number, undefined> {
  const chosen = randomInt(blocks);
  for (let tried = 0; tried < blocks; tried += 1) {
    const first = range.from + ((chosen + tried) % blocks) * block_size;
    if (!(await holdPort(first))) continue;
    for (let port = first + 1; port < first + block_size; port += 1) yield port;
  }
  return undefined;
}

/** Listens on it until the process ends, without keeping the process from its end; false when somebody else does. */
async function holdPort(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      server.unref();
      resolve(true);
    });
  });
}
