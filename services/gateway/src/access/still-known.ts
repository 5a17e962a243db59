import type { FastifyRequest } from "fastify";
import { identifyCaller, type Identifying } from "./identify.ts";

/** Whether the credential of a request whose answer goes on is still somebody's: it may have been revoked since. While nobody can tell, it is. */
export function stillKnownBy(upstream: Identifying): (request: FastifyRequest) => Promise<boolean> {
  const identify = identifyCaller(upstream);
  return async (request) => {
    try {
      return (await identify(request)) !== undefined;
    } catch {
      return true;
    }
  };
}
