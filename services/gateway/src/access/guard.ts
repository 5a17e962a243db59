import { type Actor, type Role, roleAllows, roles } from "@infraskill/contracts/actor";
import type { Access } from "@infraskill/contracts/endpoint";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { onRequestAsyncHookHandler } from "fastify";
import type { Identify } from "./identify.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by the guard of a route that asks for a role. */
    actor: Actor | undefined;
  }
}

export type Guards = { identify: Identify; proof: onRequestAsyncHookHandler | undefined };

/** An onRequest hook that lets only those of `access` pass, before the body is read; undefined where anyone may call. */
export function guardFor(access: Access, { identify, proof }: Guards): onRequestAsyncHookHandler | undefined {
  switch (access) {
    case "anyone":
      return undefined;
    case "proof":
      if (proof === undefined) throw new Error("a route that asks for a proof needs something that looks for it");
      return proof;
    case "service":
      throw new Error("the gateway has no private routes");
    case "viewer":
    case "operator":
    case "author":
    case "admin":
      return async (request) => {
        const actor = await identify(request);
        if (actor === undefined) throw unauthenticated(request.headers.authorization !== undefined);
        requireRole(actor, access);
        request.actor = actor;
      };
    default:
      return access satisfies never;
  }
}

const either = new Intl.ListFormat("en", { type: "disjunction" });

export function requireRole(actor: Actor, needed: Role): void {
  if (roleAllows(actor.role, needed)) return;
  const sufficient = either.format(roles.slice(roles.indexOf(needed)));
  throw new HttpProblem("forbidden", `This needs the role ${sufficient}; yours is ${actor.role}.`);
}

function unauthenticated(given: boolean): HttpProblem {
  const detail = given
    ? "The token is unknown, expired or revoked."
    : "This address needs a token: Authorization: Bearer <token>.";
  const challenge = given ? 'Bearer realm="infraskill", error="invalid_token"' : 'Bearer realm="infraskill"';
  return new HttpProblem("unauthenticated", detail, { headers: { "www-authenticate": challenge } });
}
