import type { z } from "zod";
import type { Role } from "./actor.ts";
import type { ProblemName } from "./problem.ts";

/**
 * Who may call: a role and above; `anyone`; `proof` where the call itself proves where it comes from (a signature, a run's OIDC token);
 * `service` on the private network with the service token.
 */
export type Access = Role | "anyone" | "proof" | "service";

/** One route. `path` names its parameters in braces; `answers` maps a success status to its body, null for none. */
export type Endpoint = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: { readonly [status: number]: z.ZodType | null };
  /** Answers with another status that a caller gets only by asking for them, such as with `dry_run`; the typed client does not ask. */
  readonly also?: { readonly [status: number]: z.ZodType };
  readonly problems: readonly ProblemName[];
};

export type Endpoints = { readonly [name: string]: Endpoint };

/** Names in `path` in order: "/api/skills/{id}" has ["id"]. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}
