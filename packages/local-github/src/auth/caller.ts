import { createHash } from "node:crypto";
import type { Github } from "../github.ts";
import type { GithubApp, Permissions, PermissionLevel, Repository, Token } from "../state/documents.ts";
import { verifyAppToken } from "./app-token.ts";

/** Who makes a request. `permissions: null` may do everything. */
export type Caller =
  | { kind: "anonymous"; key: "anonymous" }
  | { kind: "app"; key: string; app: GithubApp }
  | { kind: "token"; key: string; login: string; token: Token; permissions: Permissions | null };

export const anonymous: Caller = { kind: "anonymous", key: "anonymous" };

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * Reads the caller from an Authorization header: `Bearer`, `token`, or Basic with the token as password (git).
 * Answers undefined for a credential that is wrong, expired or revoked.
 */
export async function identify(github: Github, authorization: string | undefined): Promise<Caller | undefined> {
  if (authorization === undefined || authorization === "") return anonymous;
  const credential = readCredential(authorization);
  if (credential === undefined) return undefined;
  if (credential.split(".").length === 3 && credential.startsWith("ey")) {
    const app = await verifyAppToken(github, credential);
    return app === undefined ? undefined : { kind: "app", key: `app:${app.id}`, app };
  }
  const token = github.state.tokens.first({ hash: hashToken(credential) });
  if (token === undefined) return undefined;
  if (token.expires_at !== null && Date.parse(token.expires_at) <= Date.now()) return undefined;
  return { kind: "token", key: `token:${token.id}`, login: token.login, token, permissions: token.permissions };
}

function readCredential(authorization: string): string | undefined {
  const match = /^(bearer|token|basic)\s+(\S+)\s*$/i.exec(authorization);
  const [, scheme, value] = match ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() !== "basic") return value;
  const pair = Buffer.from(value, "base64").toString();
  const colon = pair.indexOf(":");
  const [user, password] = [pair.slice(0, colon), pair.slice(colon + 1)];
  return password === "" || password === "x-oauth-basic" ? user : password;
}

/** The login a caller acts as. */
export function actorOf(caller: Caller): string {
  if (caller.kind === "token") return caller.login;
  return caller.kind === "app" ? `${caller.app.slug}[bot]` : "ghost";
}

/** Whether the caller can see the repository at all. */
export function canSee(caller: Caller, repository: Repository): boolean {
  if (!repository.private) return true;
  if (caller.kind !== "token") return false;
  return caller.token.repository_ids === null || caller.token.repository_ids.includes(repository.id);
}

/** Whether the caller's permissions contain one of the alternatives, e.g. `contents=write` or `issues=write; pull_requests=write`. */
export function isAllowed(caller: Caller, repository: Repository | undefined, needs: string): boolean {
  if (caller.kind === "app") return false;
  const reads = needs.split(";").every((alternative) => alternative.includes("=read"));
  if (caller.kind === "anonymous") return reads && repository !== undefined && !repository.private;
  if (
    repository !== undefined &&
    caller.token.repository_ids !== null &&
    !caller.token.repository_ids.includes(repository.id)
  ) {
    return reads && !repository.private;
  }
  const { permissions } = caller;
  if (permissions === null) return true;
  if (reads && repository !== undefined && !repository.private) return true;
  return needs.split(";").some((alternative) =>
    alternative.split(",").every((one) => {
      const [name = "", level = "read"] = one.trim().split("=");
      return ranks[permissions[name] ?? (name === "metadata" ? "read" : "none")] >= ranks[level as PermissionLevel];
    }),
  );
}

const ranks: Record<PermissionLevel | "none", number> = { none: 0, read: 1, write: 2, admin: 3 };

/** GitHub's words for a permission that is missing. */
export function refusal(caller: Caller): string {
  if (caller.kind === "token" && caller.token.kind === "personal")
    return "Resource not accessible by personal access token";
  return "Resource not accessible by integration";
}
