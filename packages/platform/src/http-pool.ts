import { SpanKind } from "@opentelemetry/api";
import { Agent, request } from "undici";
import type { Service } from "./process.ts";
import { inSpan, traceCarrier } from "./trace.ts";

type Init = {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
};

export type HttpPool = Service & {
  /** What is used of `fetch` between the services, for a fifth of its work. A redirect is an answer like any other: none is followed. */
  send: (
    url: string,
    init: Init,
  ) => Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }>;
};

/** Connections kept open to other services of ours. Stopping it waits for calls under way. */
export function createHttpPool(): HttpPool {
  const dispatcher = new Agent({ keepAliveTimeout: 30_000 });
  return {
    async send(url, { method, headers, body = null, signal }) {
      const attributes = { "http.request.method": method, "server.address": new URL(url).host };
      const answer = await inSpan(method, { kind: SpanKind.CLIENT, attributes }, async (span) => {
        const traced = { ...headers, ...traceCarrier() };
        const answered = await request(url, { dispatcher, method, headers: traced, body, signal });
        span.setAttribute("http.response.status_code", answered.statusCode);
        return answered;
      });
      return {
        status: answer.statusCode,
        headers: {
          get(name) {
            const value = answer.headers[name];
            return (Array.isArray(value) ? value[0] : value) ?? null;
          },
        },
        text: () => answer.body.text(),
      };
    },
    stop: async () => {
      if (!dispatcher.closed) await dispatcher.close();
    },
  };
}
