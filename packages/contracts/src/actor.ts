import { z } from "zod";
import { text, Timestamp } from "./text.ts";

/** Each role contains the ones before it. */
export const roles = ["viewer", "operator", "author", "admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** True when `role` may do what `needed` may. */
export function roleAllows(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export const Actor = z
  .object({ name: z.string(), role: Role })
  .meta({ id: "Actor", description: "Who calls, as the audit log names them." });
export type Actor = z.infer<typeof Actor>;

export const ApiToken = z
  .object({
    id: z.number().int(),
    name: z.string(),
    role: Role,
    prefix: z.string().meta({ description: "The token's first characters, to recognise it by." }),
    created_by: z.string(),
    created_at: Timestamp,
    expires_at: Timestamp.nullable(),
    revoked_at: Timestamp.nullable(),
    last_used_at: Timestamp.nullable(),
  })
  .meta({ id: "ApiToken" });
export type ApiToken = z.infer<typeof ApiToken>;

export const TokenRequest = z
  .strictObject({ name: text({ min: 1, max: 100 }), role: Role, expires_at: Timestamp.optional() })
  .meta({ id: "TokenRequest" });
export type TokenRequest = z.infer<typeof TokenRequest>;

export const NewToken = ApiToken.extend({ token: z.string().meta({ description: "Shown this once." }) }).meta({
  id: "NewToken",
});
export type NewToken = z.infer<typeof NewToken>;

export const SessionRequest = z
  .strictObject({ token: text({ min: 1, max: 512 }) })
  .meta({ id: "SessionRequest", description: "An API token, to be exchanged for the console's session cookie." });
export type SessionRequest = z.infer<typeof SessionRequest>;
