import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type ProxyFault = {
  readonly method: string;
  readonly path: RegExp;
  /** `before`: the request does not get through; `after`: it has its effect, only its answer is lost. */
  readonly when: "before" | "after";
  /** A reset of the connection, no answer at all, or this answer. */
  readonly answer:
    | "reset"
    | "hang"
    | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object };
};

export interface FaultyProxy {
  readonly url: string;
  /** Each strikes once, in order. */
  readonly faults: ProxyFault[];
  /** `METHOD /path` of every request, in order. */
  readonly seen: string[];
  readonly stop: () => Promise<void>;
}

/** Stands between a client and a server and makes what is asked for go wrong; everything else passes unchanged, redirects too. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const faults: ProxyFault[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.resetAndDestroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = request;
    seen.push(`${method} ${path}`);
    const index = faults.findIndex((fault) => fault.method === method && fault.path.test(path));
    const fault = index === -1 ? undefined : faults.splice(index, 1)[0];
    if (fault?.when === "before") return strike(fault, request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, "transfer-encoding": ___, ...headers } = request.headers;
    const answer = await fetch(`${target}${path}`, {
      method,
      headers: headers as Record<string, string>,
      redirect: "manual",
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (fault !== undefined) return strike(fault, request, response);
    const dropped = new Set(["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"]);
    response.writeHead(answer.status, [...answer.headers].filter(([name]) => !dropped.has(name)).flat());
    response.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function strike({ answer }: ProxyFault, request: IncomingMessage, response: ServerResponse): void {
  if (answer === "hang") return;
  if (answer === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  const headers = { "content-type": "application/json", ...answer.headers };
  response.writeHead(answer.status, headers).end(JSON.stringify(answer.body ?? { message: "Server Error" }));
}
