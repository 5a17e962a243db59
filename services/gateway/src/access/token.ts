import { createHash, randomBytes } from "node:crypto";

/** Characters of a token that are kept in the clear to recognise it by. */
const prefix_length = 12;

export type FreshToken = { token: string; token_hash: string; prefix: string };

/** A new API token: 256 random bits behind `isk_`. Only its hash and prefix are kept. */
export function makeToken(random: (size: number) => Buffer = randomBytes): FreshToken {
  const token = `isk_${random(32).toString("base64url")}`;
  return { token, token_hash: hashToken(token), prefix: token.slice(0, prefix_length) };
}

/** SHA-256 of the whole token, hex: how the registry knows tokens. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
