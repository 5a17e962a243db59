import type { FastifyRequest } from "fastify";
import type { Github } from "../github.ts";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether the request names this machine or the configured address: a foreign name that resolves to loopback does not count. */
export function isLocalHost(github: Github, request: FastifyRequest): boolean {
  const host = hostOf(`http://${request.headers.host ?? ""}`);
  return host !== undefined && (loopback.has(host) || host === hostOf(github.url));
}

/** Whether a form was sent from one of our own pages. */
export function isSameOrigin(github: Github, request: FastifyRequest): boolean {
  const origin = request.headers.origin;
  if (origin === undefined || !isLocalHost(github, request)) return false;
  return (
    origin === github.url || origin === `http://${request.headers.host}` || origin === `https://${request.headers.host}`
  );
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
