import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Call, Caller, Target } from "./boundaries.ts";
import type { When } from "./points.ts";

/** Strikes once: the first request that matches. */
interface Trap {
  readonly matches: (call: Call) => boolean;
  readonly when: When;
  readonly spring: (call: Call) => void;
}

export interface KillProxy {
  readonly url: string;
  aim(target: string): void;
  stop(): Promise<void>;
}

/** What all proxies of a system share. */
export interface Switchboard {
  trap: Trap | undefined;
  /** Told of every answer but refusals. */
  onAnswer: ((call: Call) => void) | undefined;
}

/** GitHub hangs: whoever waits longer than this for its answer is killed while it waits. */
const silence_ms = 1_000;

/** Stands between one process and another; springs the trap right before a request goes on, or right after it was dealt with. */
export async function startKillProxy(caller: Caller, target: Target, board: Switchboard): Promise<KillProxy> {
  let origin = "";

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "GET", url = "/" } = request;
    const bytes = Buffer.concat(chunks);
    const call: Call = { caller, target, method, path: url.split("?")[0] ?? "", body: parse(bytes) };
    const trap = board.trap?.matches(call) === true ? board.trap : undefined;
    if (trap !== undefined) board.trap = undefined;
    if (trap?.when === "before") {
      trap.spring(call);
      request.socket.destroy();
      return;
    }
    const { host: _, connection: __, "transfer-encoding": ___, "content-length": ____, ...headers } = request.headers;
    const asked = fetch(origin + url, {
      method,
      headers: headers as Record<string, string>,
      redirect: "manual",
      ...(bytes.length === 0 ? {} : { body: bytes }),
    });
    if (trap !== undefined) {
      await Promise.race([asked.catch(() => undefined), delay(silence_ms)]);
      trap.spring(call);
      asked.then((answer) => answer.arrayBuffer()).catch(() => undefined);
      request.socket.destroy();
      return;
    }
    const answer = await asked;
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status < 400) board.onAnswer?.(call);
    response.writeHead(answer.status, [...answer.headers].filter(([name]) => !hop_by_hop.has(name)).flat());
    response.end(body);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aim: (to) => {
      origin = to;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const hop_by_hop = new Set(["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"]);

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
