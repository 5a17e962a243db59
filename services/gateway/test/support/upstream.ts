import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Request } from "@infraskill/client/client";
import type { Endpoint, Endpoints } from "@infraskill/contracts/endpoint";
import { type ProblemName, problems, problemType } from "@infraskill/contracts/problem";
import type { z } from "zod";

type Body<S> = S extends z.ZodType ? z.input<S> : undefined;
export type Reply<E extends Endpoint> =
  | { body: Body<E["answers"][keyof E["answers"]]> }
  | { problem: ProblemName; errors?: { pointer: string; detail: string }[]; headers?: Record<string, string> }
  /** The call was taken, and its answer never comes: the connection ends. */
  | "lost";
/** What the service answers, by endpoint; every other endpoint is `not_found`. */
export type Replies<T extends Endpoints> = {
  -readonly [name in keyof T]?: (request: Request<T[name]>) => Reply<T[name]> | Promise<Reply<T[name]>>;
};
export type Received = { name: string; request: { params: unknown; query: unknown; headers: unknown; body: unknown } };

export type Upstream<T extends Endpoints> = {
  url: string;
  /** May be changed at any time. */
  replies: Replies<T>;
  /** Every call, in order. */
  received: Received[];
  calls(name: keyof T & string): Received["request"][];
  stop(): Promise<void>;
};

/**
 * Another service as the gateway sees it: real HTTP, the service token asked for, requests checked against the contract and answers in its shape.
 */
export async function startUpstream<const T extends Endpoints>(endpoints: T, token: string): Promise<Upstream<T>> {
  const received: Received[] = [];
  const upstream: Pick<Upstream<T>, "replies"> = { replies: {} };
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const refuse = (name: ProblemName, detail: string, errors?: unknown, headers?: Record<string, string>) =>
      send(
        problems[name].status,
        { type: problemType(name), ...problems[name], detail, instance: "upstream-request", errors },
        headers,
      );
    const answer = async () => {
      if (request.url === "/readyz") return send(200, { status: "ready" });
      if (request.headers.authorization !== `Bearer ${token}`) return refuse("unauthenticated", "service token");
      const found = findEndpoint(endpoints, request);
      if (found === undefined) return refuse("not_found", "no such route");
      const { name, endpoint, params, query } = found;
      const raw = await readAll(request);
      const binary = request.headers["content-type"] === "application/octet-stream";
      const body: unknown = binary ? raw : raw.length === 0 ? undefined : JSON.parse(raw.toString());
      const headers = endpoint.headers?.parse(request.headers);
      endpoint.params?.parse(params);
      endpoint.query?.parse(query);
      endpoint.body?.parse(body);
      received.push({ name, request: { params, query, headers, body } });
      const reply = await upstream.replies[name]?.({ params, query, headers, body } as never);
      if (reply === undefined) return refuse("not_found", "nothing here");
      if (reply === "lost") return request.socket.destroy();
      if ("problem" in reply) return refuse(reply.problem, "refused upstream", reply.errors, reply.headers);
      const status = Number(Object.keys(endpoint.answers)[0]);
      return send(status, endpoint.answers[status]?.parse(reply.body));
    };
    answer().catch((error: unknown) => send(500, { broken_contract: String(error) }));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return Object.assign(upstream, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    calls: (name: string) => received.filter((call) => call.name === name).map((call) => call.request),
    stop: () => stopServer(server),
  });
}

export async function stopServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => void server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function findEndpoint(endpoints: Endpoints, { method, url = "" }: IncomingMessage) {
  const { pathname, searchParams } = new URL(url, "http://upstream");
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const pattern = endpoint.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const match = endpoint.method === method ? new RegExp(`^${pattern}$`).exec(pathname) : null;
    if (match === null) continue;
    const groups = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { name, endpoint, params: Object.fromEntries(groups) as object, query: Object.fromEntries(searchParams) };
  }
  return undefined;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
