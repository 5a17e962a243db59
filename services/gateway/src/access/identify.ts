import type { Actor } from "@infraskill/contracts/actor";
import type { FastifyRequest } from "fastify";
import type { Registry } from "../upstream/clients.ts";
import { passOn } from "../upstream/expect-answer.ts";
import { readBearer } from "./credential.ts";
import { hashToken } from "./token.ts";

/** Who sent a request; undefined when its credential is none of ours. @throws {Unreachable} or a 503 problem when nobody can tell. */
export type Identify = (request: FastifyRequest) => Promise<Actor | undefined>;

/** Finds out by the bearer token. Nothing is remembered, so a revoked token ends at once. */
export function identifyByToken(registry: Registry): Identify {
  return async (request) => {
    const token = readBearer(request.headers.authorization);
    return token === undefined ? undefined : findActor(registry, token);
  };
}

/** Whom a token belongs to. */
export async function findActor(registry: Registry, token: string): Promise<Actor | undefined> {
  const answer = await registry.authenticate({ body: { token_hash: hashToken(token) } });
  if (answer.ok) return answer.body;
  if (answer.status === 401 || answer.status === 404) return undefined;
  throw passOn(answer);
}
