import { HttpProblem } from "@infraskill/platform/http-problem";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { readBasicPassword, readBearer } from "../access/credential.ts";
import { requireRole } from "../access/guard.ts";
import { findActor } from "../access/identify.ts";
import type { Registry } from "../upstream/clients.ts";
import { comesFromOurPages } from "./same-origin.ts";

/**
 * Lets admins pass: by bearer token, or in a browser by its own sign-in box with the token as password (any user name). What a browser sends along by
 * itself changes nothing unless it comes from our own pages.
 */
export function admitAdmins(registry: Registry, { writable }: { writable: boolean }): onRequestAsyncHookHandler {
  return async (request) => {
    const { authorization } = request.headers;
    const bearer = readBearer(authorization);
    const token = bearer ?? readBasicPassword(authorization);
    const actor = token === undefined ? undefined : await findActor(registry, token);
    if (actor === undefined) throw askForToken();
    requireRole(actor, "admin");
    if (bearer === undefined && !comesFromOurPages(provenanceOf(request)))
      throw new HttpProblem("forbidden", "This may only be done from the page itself.");
    if (!writable && !["GET", "HEAD"].includes(request.method))
      throw new HttpProblem("forbidden", "The queues are shown read-only. OPS_WRITABLE=true allows changes.");
    request.actor = actor;
  };
}

function provenanceOf({ method, headers }: FastifyRequest) {
  const site = headers["sec-fetch-site"];
  const { host, origin } = headers;
  return { method, host, origin, sec_fetch_site: typeof site === "string" ? site : undefined };
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
