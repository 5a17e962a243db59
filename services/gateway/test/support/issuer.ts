import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { oidcAudience } from "@infraskill/contracts/execution";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { execution_id } from "./samples.ts";
import { stopServer } from "./upstream.ts";

export type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
export type TokenChange = {
  claims?: Record<string, unknown>;
  header?: Partial<JWTHeaderParameters>;
  key?: Key | Uint8Array;
  /** Seconds from now. */
  expires_in?: number;
};
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

/** Signs tokens as GitHub does for its runs and publishes the key (github.md §6). */
export async function startIssuer() {
  const pair = await generateKeyPair("RS256", { extractable: true });
  const public_jwk = { ...(await exportJWK(pair.publicKey)), kid: "issuer-key", alg: "RS256", use: "sig" };
  const state = { reads: 0, failing: false };
  const server = createServer((request, response) => {
    state.reads += 1;
    if (state.failing) return void response.writeHead(500).end();
    const document = request.url?.endsWith("openid-configuration")
      ? { issuer: url, jwks_uri: `${url}/.well-known/jwks` }
      : { keys: [public_jwk] };
    return void response.setHeader("content-type", "application/json").end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_services/token`;

  return {
    url,
    public_jwk,
    state,
    stop: () => stopServer(server),
    token({ claims, header, key, expires_in = 300 }: TokenChange = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1_000);
      const payload = {
        ...run_claims,
        iss: url,
        aud: oidcAudience(execution_id),
        iat: now,
        exp: now + expires_in,
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: "RS256", kid: "issuer-key", typ: "JWT", ...header })
        .sign(key ?? pair.privateKey);
    },
  };
}

/** A run's claims as GitHub sends them; all ids are strings. */
export const run_claims = {
  sub: "repo:acme/skills:ref:refs/tags/skill/say-hello/1",
  repository: "acme/skills",
  repository_id: "42",
  run_id: "9001",
  run_attempt: "1",
  event_name: "workflow_dispatch",
  ref: "refs/tags/skill/say-hello/1",
  sha: "a".repeat(40),
  workflow_ref: "acme/skills/.github/workflows/skill-say-hello.yml@refs/tags/skill/say-hello/1",
  jti: "once",
};
