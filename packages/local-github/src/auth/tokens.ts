import { randomBytes } from "node:crypto";
import type { Github } from "../github.ts";
import type { Permissions, Token, TokenKind } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { hashToken } from "./caller.ts";

export type NewToken = {
  kind: TokenKind;
  login: string;
  permissions: Permissions | null;
  repository_ids?: number[] | null;
  installation_id?: number;
  run_id?: number;
  scopes?: string[];
  expires_at?: string | null;
};

/** Makes a token of GitHub's look and keeps its hash; the text itself is shown only here. */
export function createToken(github: Github, wanted: NewToken, text: string = randomToken(wanted.kind)): string {
  const hash = hashToken(text);
  const existing = github.state.tokens.first({ hash });
  const token: Token = {
    id: existing?.id ?? github.state.next("tokens", 1000),
    hash,
    kind: wanted.kind,
    login: wanted.login,
    permissions: wanted.permissions,
    repository_ids: wanted.repository_ids ?? null,
    installation_id: wanted.installation_id ?? null,
    run_id: wanted.run_id ?? null,
    scopes: wanted.scopes ?? [],
    expires_at: wanted.expires_at ?? null,
    created_at: timestamp(),
  };
  github.state.tokens.put(token);
  return text;
}

/** Forgets tokens that have expired, or that belonged to a run that is over. */
export function forgetTokens(github: Github, which: { run_id: number } | { expired_before: string }): void {
  if ("run_id" in which) github.state.tokens.deleteWhere({ where: { run_id: which.run_id } });
  else
    github.state.tokens.deleteWhere({
      and: "expires_at is not null and expires_at < ?",
      and_values: [which.expired_before],
    });
}

function randomToken(kind: TokenKind): string {
  const letters = (count: number) =>
    randomBytes(count * 2)
      .toString("base64")
      .replaceAll(/[^A-Za-z0-9]/g, "")
      .slice(0, count);
  switch (kind) {
    case "personal":
      return `ghp_${letters(36)}`;
    case "oauth":
      return `gho_${letters(36)}`;
    case "run":
      return `ghs_${letters(36)}`;
    case "installation":
      return `ghs_${letters(36)}`;
  }
}
