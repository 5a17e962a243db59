import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { Actor, ApiToken, NewToken, SessionRequest, TokenRequest } from "../actor.ts";
import { callbackModes } from "../callback-mode.ts";
import { pageOf, PageQuery } from "../page.ts";
import { read, write } from "./problems.ts";
import { ByRow } from "../refs.ts";

/** Who may do what, and how this infraskill is set up. */
export const publicAccessEndpoints = {
  me: {
    method: "GET",
    path: "/api/me",
    summary: "Who the credential belongs to",
    access: "viewer",
    answers: { 200: Actor },
    problems: ["unauthenticated", "unavailable"],
  },
  settings: {
    method: "GET",
    path: "/api/settings",
    summary: "How this infraskill is set up, as far as whoever writes skills must know",
    access: "viewer",
    answers: {
      200: z
        .object({
          callback_mode: z
            .enum(callbackModes)
            .meta({ description: "How runs prove themselves; skill files are made for one mode." }),
        })
        .meta({ id: "Settings", description: "How this infraskill is set up." }),
    },
    problems: ["unauthenticated", "unavailable"],
  },
  createSession: {
    method: "POST",
    path: "/api/session",
    summary: "Sign in a browser: exchange a token for a session cookie that no script can read",
    access: "anyone",
    body: SessionRequest,
    answers: { 200: Actor },
    problems: [...write],
  },
  deleteSession: {
    method: "DELETE",
    path: "/api/session",
    summary: "Sign out: the session ends, not only its cookie",
    access: "viewer",
    answers: { 204: null },
    problems: ["unauthenticated", "forbidden", "unavailable"],
  },
  listTokens: {
    method: "GET",
    path: "/api/tokens",
    summary: "API tokens, without their secrets",
    access: "admin",
    query: PageQuery,
    answers: { 200: pageOf(ApiToken) },
    problems: read,
  },
  createToken: {
    method: "POST",
    path: "/api/tokens",
    summary: "Make an API token; it is shown once",
    access: "admin",
    body: TokenRequest,
    answers: { 201: NewToken },
    problems: write,
  },
  revokeToken: {
    method: "DELETE",
    path: "/api/tokens/{id}",
    summary: "Revoke an API token",
    access: "admin",
    params: ByRow,
    answers: { 204: null },
    problems: read,
  },
} as const satisfies Endpoints;
