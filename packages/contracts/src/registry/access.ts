import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { Actor, ApiToken, TokenRequest } from "../actor.ts";
import { pageOf, PageQuery } from "../page.ts";
import { ByRow } from "../refs.ts";
import { reads, writes } from "./answers.ts";
import { Timestamp } from "../text.ts";

/** Hex, of a token or a session: neither is ever sent between the services or stored. */
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const accessEndpoints = {
  authenticate: {
    method: "POST",
    path: "/internal/authenticate",
    summary: "Who a bearer token belongs to",
    access: "service",
    body: z.strictObject({ token_hash: Sha256 }),
    answers: { 200: Actor },
    problems: reads,
  },
  createSession: {
    method: "POST",
    path: "/internal/sessions",
    summary: "Begin a browser's session for whoever a token belongs to",
    access: "service",
    body: z.strictObject({ token_hash: Sha256, session_hash: Sha256 }),
    answers: { 200: z.object({ actor: Actor, expires_at: Timestamp }) },
    problems: reads,
  },
  identifySession: {
    method: "POST",
    path: "/internal/sessions/identify",
    summary: "Who a session belongs to",
    access: "service",
    body: z.strictObject({ session_hash: Sha256 }),
    answers: { 200: Actor },
    problems: reads,
  },
  endSession: {
    method: "POST",
    path: "/internal/sessions/end",
    summary: "End a session; one that is unknown or over is no fault",
    access: "service",
    body: z.strictObject({ session_hash: Sha256 }),
    answers: { 204: null },
    problems: reads,
  },
  listTokens: {
    method: "GET",
    path: "/internal/tokens",
    summary: "API tokens",
    access: "service",
    query: PageQuery,
    answers: { 200: pageOf(ApiToken) },
    problems: reads,
  },
  createToken: {
    method: "POST",
    path: "/internal/tokens",
    summary: "Keep a token's hash",
    access: "service",
    body: TokenRequest.extend({
      actor: z.string(),
      prefix: z.string().max(20),
      token_hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    answers: { 201: ApiToken },
    problems: writes,
  },
  revokeToken: {
    method: "DELETE",
    path: "/internal/tokens/{id}",
    summary: "Revoke a token",
    access: "service",
    params: ByRow,
    query: z.strictObject({ actor: z.string() }),
    answers: { 204: null },
    problems: reads,
  },
} as const satisfies Endpoints;
