import { Actor } from "@infraskill/contracts/actor";
import type { Endpoints } from "@infraskill/contracts/endpoint";
import { text } from "@infraskill/contracts/text";
import { z } from "zod";

/** The browser's own way in: a token is exchanged for an HttpOnly cookie, so that no script ever holds a credential. */
export const sessionEndpoints = {
  createSession: {
    method: "POST",
    path: "/api/session",
    summary: "Sign in: exchange a token for the console's session cookie",
    access: "anyone",
    body: z.strictObject({ token: text({ min: 1, max: 200 }) }),
    answers: { 200: Actor },
    problems: ["unauthenticated", "malformed", "refused", "unavailable"],
  },
  deleteSession: {
    method: "DELETE",
    path: "/api/session",
    summary: "Sign out: the session ends on the server too",
    access: "viewer",
    answers: { 204: null },
    problems: ["unauthenticated", "unavailable"],
  },
} as const satisfies Endpoints;
