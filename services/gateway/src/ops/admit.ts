import type { Actor } from "@infraskill/contracts/actor";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { readBasicPassword, readBearer } from "../access/credential.ts";
import { requireRole } from "../access/guard.ts";
import { findActor, findSessionActor, type Identifying, requireOurPages } from "../access/identify.ts";
import { readSession } from "../access/session-cookie.ts";

/**
 * Lets admins pass: by bearer token, by the console's session, or in a browser by its own sign-in box with the token as password (any user name).
 * What a browser sends along by itself changes nothing unless it comes from our own pages.
 */
export function admitAdmins(upstream: Identifying, { writable }: { writable: boolean }): onRequestAsyncHookHandler {
  return async (request) => {
    const bearer = readBearer(request.headers.authorization);
    const actor = await findAnyActor(upstream, request, bearer);
    if (actor === undefined) throw askForToken();
    requireRole(actor, "admin");
    if (bearer === undefined) requireOurPages(request);
    if (!writable && !["GET", "HEAD"].includes(request.method))
      throw new HttpProblem("forbidden", "The queues are shown read-only. OPS_WRITABLE=true allows changes.");
    request.actor = actor;
  };
}

async function findAnyActor(
  upstream: Identifying,
  { headers }: FastifyRequest,
  bearer: string | undefined,
): Promise<Actor | undefined> {
  const token = bearer ?? readBasicPassword(headers.authorization);
  if (token !== undefined) return findActor(upstream, token);
  const session = readSession(headers.cookie);
  return session === undefined ? undefined : findSessionActor(upstream, session);
}

function askForToken(): HttpProblem {
  return new HttpProblem(
    "unauthenticated",
    "Sign in with an admin token as the password; the user name does not matter.",
    {
      headers: { "www-authenticate": 'Basic realm="infraskill", charset="UTF-8"' },
    },
  );
}
