import type { Actor } from "@infraskill/contracts/actor";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { FastifyRequest } from "fastify";
import type { Context } from "../context.ts";
import { passOn } from "../upstream/expect-answer.ts";
import { readBearer } from "./credential.ts";
import { comesFromOurPages, provenanceOf } from "./same-origin.ts";
import { readSession } from "./session-cookie.ts";
import { hashToken } from "./token.ts";

/** Who sent a request; undefined when its credential is none of ours. @throws {Unreachable} or a 503 problem when nobody can tell. */
export type Identify = (request: FastifyRequest) => Promise<Actor | undefined>;

export type Identifying = Pick<Context, "registry" | "callers">;

/**
 * Finds out by the bearer token, else by the console's session cookie. A browser sends the cookie by itself, so what changes something must come from
 * our own pages.
 */
export function identifyCaller(upstream: Identifying): Identify {
  return async (request) => {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      const token = readBearer(authorization);
      return token === undefined ? undefined : findActor(upstream, token);
    }
    const session = readSession(cookie);
    const actor = session === undefined ? undefined : await findSessionActor(upstream, session);
    if (actor !== undefined) requireOurPages(request);
    return actor;
  };
}

/** Whom a token belongs to. */
export function findActor({ registry, callers }: Identifying, token: string): Promise<Actor | undefined> {
  const token_hash = hashToken(token);
  return callers.of(token_hash, async () => {
    const answer = await registry.authenticate({ body: { token_hash } });
    if (answer.ok) return answer.body;
    if (answer.status === 401 || answer.status === 404) return undefined;
    throw passOn(answer);
  });
}

/** Whom a session belongs to. */
export function findSessionActor({ registry, callers }: Identifying, session: string): Promise<Actor | undefined> {
  const session_hash = hashToken(session);
  return callers.of(session_hash, async () => {
    const answer = await registry.identifySession({ body: { session_hash } });
    if (answer.ok) return answer.body;
    if (answer.status === 404) return undefined;
    throw passOn(answer);
  });
}

/** @throws a 403 problem for a change that does not come from our own pages. */
export function requireOurPages(request: FastifyRequest): void {
  if (!comesFromOurPages(provenanceOf(request)))
    throw new HttpProblem("forbidden", "This may only be done from the page itself.");
}
