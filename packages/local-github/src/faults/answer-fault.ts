import { setTimeout as delay } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import type { Fault } from "./faults.ts";

/** Waits as long as the fault says. */
export async function delayOf(fault: Fault): Promise<void> {
  if (fault.delay_ms > 0) await delay(fault.delay_ms, undefined, { ref: false });
}

/** Answers a request as the fault wants it; undefined when the request goes on as usual (a mere delay). */
export function answerFault(fault: Fault, reply: FastifyReply): FastifyReply | undefined {
  switch (fault.kind) {
    case "status":
      return reply
        .code(fault.status)
        .header("content-type", "application/json; charset=utf-8")
        .send(
          JSON.stringify({
            message: words[fault.status] ?? "Server Error",
            documentation_url: "https://docs.github.com/rest",
            status: String(fault.status),
          }),
        );
    case "rate_limit":
    case "secondary_limit": {
      const secondary = fault.kind === "secondary_limit";
      if (fault.retry_after !== null && (secondary || fault.status === 429))
        reply.header("retry-after", fault.retry_after);
      if (!secondary) {
        reply.header("x-ratelimit-limit", 5000).header("x-ratelimit-remaining", 0).header("x-ratelimit-used", 5000);
        reply.header("x-ratelimit-reset", Math.ceil(Date.now() / 1000) + (fault.retry_after ?? 60));
        reply.header("x-ratelimit-resource", "core");
      }
      return reply
        .code(fault.status === 429 ? 429 : 403)
        .header("content-type", "application/json; charset=utf-8")
        .send(
          JSON.stringify({
            message: secondary
              ? "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
              : "API rate limit exceeded for user ID 1.",
            documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
            status: String(fault.status === 429 ? 429 : 403),
          }),
        );
    }
    case "reset":
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return reply;
    case "hang":
      reply.hijack();
      return reply;
    case "garbage":
      return reply
        .code(200)
        .header("content-type", "application/json; charset=utf-8")
        .send('<html><body>Unicorn!</body></html>{"');
    default:
      return undefined;
  }
}

const words: Record<number, string> = {
  401: "Bad credentials",
  403: "Resource not accessible by integration",
  404: "Not Found",
  500: "Server Error",
  502: "Server Error",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
