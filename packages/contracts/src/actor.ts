import { z } from "zod";
import { text, Timestamp } from "./text.ts";

/** Each role contains the ones before it. */
export const roles = ["viewer", "operator", "author", "admin"] as const;
export const Role = z
  .enum(roles)
  .meta({ id: "Role", description: "Each role contains the ones before it: viewer, operator, author, admin." });
export type Role = z.infer<typeof Role>;

/** True when `role` may do what `needed` may. */
export function roleAllows(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export const Actor = z
  .object({ name: z.string().meta({ description: "The token's name." }), role: Role })
  .meta({ id: "Actor", description: "Who calls, as the audit log names them." });
export type Actor = z.infer<typeof Actor>;

export const ApiToken = z
  .object({
    id: z.number().int().meta({ description: "Its number." }),
    name: z.string().meta({ description: "What it is for; stands in the history of what it does." }),
    role: Role,
    prefix: z.string().meta({ description: "The token's first characters, to recognise it by." }),
    created_by: z.string().meta({ description: "Who made it." }),
    created_at: Timestamp,
    expires_at: Timestamp.nullable().meta({ description: "From when on it no longer works; null: always works." }),
    revoked_at: Timestamp.nullable().meta({ description: "When it was revoked; null: it was not." }),
    last_used_at: Timestamp.nullable().meta({ description: "When it was last used." }),
  })
  .meta({ id: "ApiToken", description: "A credential of a person or a program, without its secret." });
export type ApiToken = z.infer<typeof ApiToken>;

export const TokenRequest = z
  .strictObject({
    name: text({ min: 1, max: 100 }).meta({ description: "What it is for." }),
    role: Role,
    expires_at: Timestamp.optional().meta({ description: "From when on it no longer works; absent: always works." }),
  })
  .meta({ id: "TokenRequest", description: "A token to be made." });
export type TokenRequest = z.infer<typeof TokenRequest>;

export const NewToken = ApiToken.extend({ token: z.string().meta({ description: "Shown this once." }) }).meta({
  id: "NewToken",
  description: "A token with its secret, which cannot be shown again.",
});
export type NewToken = z.infer<typeof NewToken>;

export const SessionRequest = z
  .strictObject({ token: text({ min: 1, max: 512 }).meta({ description: "An API token." }) })
  .meta({ id: "SessionRequest", description: "An API token, to be exchanged for the console's session cookie." });
export type SessionRequest = z.infer<typeof SessionRequest>;
