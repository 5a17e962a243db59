import { createRemoteJWKSet, type RemoteJWKSet } from "jose";
import { z } from "zod";

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

const timeout_ms = 2_000;
/** A key nobody has heard of makes the set be read again, but no more often than this. */
const reread_ms = 5_000;

/**
 * The issuer's keys as its `/.well-known/openid-configuration` names them (OpenID Connect Discovery 1.0 §4). The address is asked for once, when
 * first needed, and again until it is known; the keys are cached. @throws when the issuer cannot be reached or describes another one
 */
export function discoverKeys(issuer: string): () => Promise<RemoteJWKSet> {
  let found: Promise<RemoteJWKSet> | undefined;
  return () => {
    found ??= discover(issuer).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function discover(issuer: string): Promise<RemoteJWKSet> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(timeout_ms),
    redirect: "error",
  });
  if (!answer.ok) throw new Error(`the issuer answered ${answer.status}`);
  const document = Discovery.parse(await answer.json());
  if (document.issuer !== issuer) throw new Error(`the issuer calls itself ${document.issuer}`);
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: timeout_ms, cooldownDuration: reread_ms });
}
